/// Writes JSON (RFC 8259) as UTF-8 into memory of its own, which it uses again after ``removeAll()``.
///
/// Values put the commas between themselves; what is given to ``raw(_:)-(StaticString)`` is copied as it is.
///
/// `@unchecked Sendable`: the memory has one owner, which cannot be copied.
public struct JSONWriter: ~Copyable, @unchecked Sendable {
    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    @usableFromInline var length = 0
    /// Whether something stands before the next value, from which a comma must part it.
    @usableFromInline var needsComma = false

    /// Takes memory, which grows when it is full.
    public init(capacity: Int = 1024) {
        self.capacity = max(64, capacity)
        base = .allocate(byteCount: self.capacity, alignment: 8)
    }

    deinit { base.deallocate() }

    /// Bytes written.
    @inlinable public var count: Int { length }

    /// What is written, lent until the next change.
    @inlinable public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: length) }

    /// A copy of what is written.
    public var copy: [UInt8] { Array(bytes) }

    /// A copy of what is written, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Begins anew in the same memory.
    @inlinable
    public mutating func removeAll() {
        length = 0
        needsComma = false
    }

    // MARK: Structure

    /// An object, whose members the closure writes.
    @inlinable
    public mutating func object<Failure: Error>(
        _ members: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        open(UInt8(ascii: "{"))
        try members(&self)
        close(UInt8(ascii: "}"))
    }

    /// An array, whose elements the closure writes.
    @inlinable
    public mutating func array<Failure: Error>(
        _ elements: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        open(UInt8(ascii: "["))
        try elements(&self)
        close(UInt8(ascii: "]"))
    }

    /// The name of a member, whose value follows.
    @inlinable
    public mutating func name(_ name: StaticString) {
        separate()
        name.withUTF8Buffer { quoted(UnsafeRawBufferPointer($0)) }
        put(UInt8(ascii: ":"))
        needsComma = false
    }

    /// The name of a member, whose value follows.
    @inlinable
    public mutating func name(_ name: String) {
        string(name)
        put(UInt8(ascii: ":"))
        needsComma = false
    }

    // MARK: Pieces

    /// A value that is JSON already.
    @inlinable
    public mutating func encoded(_ json: UnsafeRawBufferPointer) {
        separate()
        put(json)
    }

    /// A value that is JSON already.
    @inlinable
    public mutating func encoded(_ json: [UInt8]) {
        json.withUnsafeBytes { encoded($0) }
    }

    /// A part of a document as it is. Its writer sees to commas: none is put before it or after it.
    @inlinable
    public mutating func raw(_ piece: UnsafeRawBufferPointer) {
        put(piece)
        needsComma = false
    }

    /// A part of a document as it is. Its writer sees to commas: none is put before it or after it.
    @inlinable
    public mutating func raw(_ piece: StaticString) {
        put(piece)
        needsComma = false
    }

    // MARK: Bytes

    @usableFromInline
    mutating func separate() {
        if needsComma { put(UInt8(ascii: ",")) }
        needsComma = true
    }

    @usableFromInline
    mutating func open(_ bracket: UInt8) {
        separate()
        put(bracket)
        needsComma = false
    }

    @usableFromInline
    mutating func close(_ bracket: UInt8) {
        put(bracket)
        needsComma = true
    }

    @inlinable
    mutating func reserve(_ more: Int) {
        if length + more > capacity { grow(more) }
    }

    @usableFromInline
    mutating func grow(_ more: Int) {
        capacity = max(2 * capacity, length + more)
        let grown = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        grown.copyMemory(from: base, byteCount: length)
        base.deallocate()
        base = grown
    }

    @inlinable
    mutating func put(_ byte: UInt8) {
        reserve(1)
        base.storeBytes(of: byte, toByteOffset: length, as: UInt8.self)
        length += 1
    }

    @inlinable
    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + length).copyMemory(from: start, byteCount: bytes.count)
        length += bytes.count
    }

    @inlinable
    mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func put(text: String) {
        var text = text
        text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
    }
}
