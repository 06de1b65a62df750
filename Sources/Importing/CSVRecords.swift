/// Cuts the bytes of a CSV file (RFC 4180) into records.
///
/// A quoted field may hold delimiters, doubled quotes and line ends; a quote inside an unquoted field stands for
/// itself. Lines end with LF, CRLF or CR; empty ones are passed over. When a quote is not closed, or is closed in the
/// middle of a field, the record is damaged and reading goes on with the next line, so that one quote never swallows
/// the file.
struct CSVRecords {
    /// One record: where its fields lie in the buffer.
    struct Field {
        var range: Range<Int>
        /// Whether the field has doubled quotes to halve.
        var hasDoubledQuotes: Bool
    }

    /// A record longer than this has lost its closing quote.
    static let longestRecord = 256 * 1024

    let delimiter: UInt8
    private(set) var buffer: [UInt8] = []
    private(set) var fields: [Field] = []
    /// Line where the current record begins, from 1.
    private(set) var line = 1
    private(set) var damage: String?
    private var position: Int
    private var nextLine = 1
    private var atEnd = false
    private let chunks: FileChunks

    init(chunks: FileChunks, delimiter: UInt8, skipping prefix: Int) throws(ImportingError) {
        self.chunks = chunks
        self.delimiter = delimiter
        position = prefix
        while buffer.count < prefix, try chunks.append(to: &buffer) {}
    }

    private enum Outcome {
        case record(next: Int, lines: Int)
        case needsMore
        case broken(String)
    }

    /// Moves to the next record; false at the end of the file.
    mutating func next() throws(ImportingError) -> Bool {
        while true {
            switch scan() {
            case .record(let next, let lines):
                line = nextLine
                nextLine += lines
                position = next
                damage = nil
                if fields.count == 1, fields[0].range.isEmpty {
                    if atEnd, position >= buffer.count { return false }
                    continue
                }
                return true
            case .needsMore:
                if buffer.count - position > Self.longestRecord {
                    return takeDamagedLine("a quote is not closed")
                }
                buffer.removeFirst(position)
                position = 0
                atEnd = try !chunks.append(to: &buffer)
            case .broken(let reason):
                // At the end of a chunk the whole line may not be there yet.
                if !atEnd, !buffer[position...].contains(10), buffer.count - position <= Self.longestRecord {
                    buffer.removeFirst(position)
                    position = 0
                    atEnd = try !chunks.append(to: &buffer)
                } else {
                    return takeDamagedLine(reason)
                }
            }
        }
    }

    /// The bytes of a field of the current record; doubled quotes are halved.
    func withField<Result>(_ field: Field, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard field.hasDoubledQuotes else {
            return buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[field.range])) }
        }
        var bytes: [UInt8] = []
        var index = field.range.lowerBound
        while index < field.range.upperBound {
            bytes.append(buffer[index])
            index += buffer[index] == 34 ? 2 : 1
        }
        return bytes.withUnsafeBufferPointer(body)
    }

    /// Takes one line apart by its delimiters alone.
    private mutating func takeDamagedLine(_ reason: String) -> Bool {
        line = nextLine
        nextLine += 1
        damage = reason
        let end = buffer[position...].firstIndex { $0 == 10 || $0 == 13 } ?? buffer.count
        fields.removeAll(keepingCapacity: true)
        var start = position
        for index in position...end where index == end || buffer[index] == delimiter {
            fields.append(Field(range: start..<index, hasDoubledQuotes: false))
            start = index + 1
        }
        position = min(end + 1, buffer.count)
        if end < buffer.count, buffer[end] == 13, position < buffer.count, buffer[position] == 10 { position += 1 }
        return true
    }

    private mutating func scan() -> Outcome {
        fields.removeAll(keepingCapacity: true)
        var found = fields
        fields = []
        let outcome = buffer.withUnsafeBufferPointer { bytes in
            Self.scan(bytes, from: position, delimiter: delimiter, atEnd: atEnd, into: &found)
        }
        fields = found
        return outcome
    }

    private static func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8, atEnd: Bool, into fields: inout [Field]
    ) -> Outcome {
        let count = bytes.count
        var index = start
        var lines = 0
        while true {
            var range: Range<Int>
            var doubled = false
            if index < count, bytes[index] == 34 {
                index += 1
                let first = index
                while true {
                    guard index < count else { return atEnd ? .broken("a quote is not closed") : .needsMore }
                    if bytes[index] == 34 {
                        if index + 1 < count, bytes[index + 1] == 34 {
                            doubled = true
                            index += 2
                            continue
                        }
                        if index + 1 == count, !atEnd { return .needsMore }
                        break
                    }
                    if bytes[index] == 10 || (bytes[index] == 13 && index + 1 < count && bytes[index + 1] != 10) {
                        lines += 1
                    }
                    index += 1
                }
                range = first..<index
                index += 1
                if index < count, bytes[index] != delimiter, bytes[index] != 10, bytes[index] != 13 {
                    return .broken("a quote is closed in the middle of a field")
                }
            } else {
                let first = index
                while index < count, bytes[index] != delimiter, bytes[index] != 10, bytes[index] != 13 { index += 1 }
                range = first..<index
            }
            if index == count {
                guard atEnd else { return .needsMore }
                fields.append(Field(range: range, hasDoubledQuotes: doubled))
                return .record(next: count, lines: lines + 1)
            }
            fields.append(Field(range: range, hasDoubledQuotes: doubled))
            let byte = bytes[index]
            index += 1
            if byte == delimiter { continue }
            if byte == 13 {
                if index == count, !atEnd { return .needsMore }
                if index < count, bytes[index] == 10 { index += 1 }
            }
            return .record(next: index, lines: lines + 1)
        }
    }
}
