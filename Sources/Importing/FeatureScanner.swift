/// Cuts the features out of GeoJSON as its bytes come: those of a FeatureCollection, or of a sequence (one value after
/// another, with line feeds or RFC 8142's record separators between them). Only one feature is held at a time.
///
/// A feature that breaks off does not take the next one with it: a record separator, a new line in a file with one
/// feature a line, or an object where JSON allows none begins anew.
struct FeatureScanner {
    /// The bytes of one object and whether it was closed.
    struct Piece {
        var bytes: [UInt8]
        var line: Int
        var isWhole: Bool
    }

    private var piece: [UInt8] = []
    private var pieceLine = 1
    private var line = 1
    private var stack: [UInt8] = []
    private var inString = false
    private var escaped = false
    /// Last byte that was neither space nor in a string; a string counts as its quote.
    private var last: UInt8 = 0
    private var key: [UInt8] = []
    private var recordsKey = false
    /// Depth at which features begin: 0, or 2 inside of a collection.
    private var base = 0
    /// Whether a whole feature was seen to lie on one line.
    private var oneFeatureALine = false
    /// Whether the file is a FeatureCollection.
    var isCollection: Bool { base == 2 }
    /// Bytes held of the unfinished feature.
    var held: Int { piece.count }

    mutating func push(_ byte: UInt8, into found: inout [Piece]) {
        if byte == 10 {
            line += 1
            if inString || (oneFeatureALine && base == 0 && !stack.isEmpty) { breakOff(into: &found) }
        }
        if byte == 0x1E {
            breakOff(into: &found)
            return
        }
        if stack.count > base { piece.append(byte) }
        if inString {
            if recordsKey, byte != 34 { key.append(byte) }
            if escaped { escaped = false } else if byte == 92 { escaped = true } else if byte == 34 { inString = false }
            return
        }
        switch byte {
        case 0x20, 10, 13, 9: return
        case 34:
            inString = true
            recordsKey = base == 0 && stack.count == 1 && last != UInt8(ascii: ":")
            if recordsKey { key.removeAll(keepingCapacity: true) }
        case UInt8(ascii: "{"):
            if stack.count > base, !mayBegin(after: last) { breakOff(into: &found) }
            if stack.count == base {
                piece = [byte]
                pieceLine = line
            }
            stack.append(byte)
        case UInt8(ascii: "["):
            stack.append(byte)
            if base == 0, stack.count == 2, last == UInt8(ascii: ":"), key.elementsEqual("features".utf8) {
                base = 2
                piece.removeAll(keepingCapacity: true)
            }
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if !stack.isEmpty { stack.removeLast() }
            if stack.count == base, byte == UInt8(ascii: "}") {
                if base == 0, pieceLine == line { oneFeatureALine = true }
                finish(isWhole: true, into: &found)
            }
        default: break
        }
        last = byte
    }

    /// Hands over what the file's end broke off.
    mutating func end(into found: inout [Piece]) {
        breakOff(into: &found)
    }

    private func mayBegin(after byte: UInt8) -> Bool {
        if stack.last == UInt8(ascii: "{") { return byte == UInt8(ascii: ":") }
        return byte == UInt8(ascii: "[") || byte == UInt8(ascii: ",")
    }

    private mutating func breakOff(into found: inout [Piece]) {
        if stack.count > base { finish(isWhole: false, into: &found) }
        if stack.count > base { stack.removeLast(stack.count - base) }
        inString = false
        escaped = false
    }

    private mutating func finish(isWhole: Bool, into found: inout [Piece]) {
        found.append(Piece(bytes: piece, line: pieceLine, isWhole: isWhole))
        piece.removeAll(keepingCapacity: true)
    }
}
