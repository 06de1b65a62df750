import CPostgres

extension Connection {
    /// Runs `COPY table (columns) FROM STDIN (FORMAT binary)` with the rows the body writes; returns their number.
    ///
    /// When the body throws, nothing is stored and its error is thrown on.
    @discardableResult
    public func copyIn(_ sql: SQL, write: (inout CopyWriter) throws -> Void) throws -> Int {
        let raw = try beginCopy(sql, PGRES_COPY_IN, "copyIn")
        var writer = CopyWriter(raw)
        do {
            try write(&writer)
            try writer.finish()
            PQputCopyEnd(raw, nil)
        } catch {
            PQputCopyEnd(raw, "given up by the client")
            let lost = endCopy(raw, "copyIn").failure
            // A server that refused the rows is the cause of a failed write, and says why.
            if let lost, error is PostgresError, lost.kind != .server { throw lost }
            throw error
        }
        let end = endCopy(raw, "copyIn")
        if let failure = end.failure { throw failure }
        return end.affected
    }

    /// Runs `COPY (query) TO STDOUT (FORMAT binary)` and lends each row to the body; returns the number of rows.
    ///
    /// When the body throws, the rest is cancelled and drained, and the body's error is thrown on.
    @discardableResult
    public func copyOut(_ sql: SQL, row: (borrowing CopyRow) throws -> Void) throws -> Int {
        let raw = try beginCopy(sql, PGRES_COPY_OUT, "copyOut")
        var reader = CopyReader()
        var thrown: (any Error)?
        var buffer: UnsafeMutablePointer<CChar>?
        while true {
            let count = PQgetCopyData(raw, &buffer, 0)
            guard count > 0, let piece = buffer else { break }
            if thrown == nil {
                do {
                    try reader.read(UnsafeRawBufferPointer(start: piece, count: Int(count)), row)
                } catch {
                    thrown = error
                    canceller.cancelRunning()
                }
            }
            PQfreemem(piece)
        }
        let end = endCopy(raw, "copyOut")
        if let thrown { throw thrown }
        if let failure = end.failure { throw failure }
        return reader.rows
    }

    private func beginCopy(
        _ sql: SQL, _ expected: ExecStatusType, _ operation: String
    ) throws(PostgresError) -> OpaquePointer {
        let (text, binds) = sql.rendered()
        guard binds.isEmpty else {
            throw PostgresError(.usage, operation: operation, message: "COPY takes no parameters")
        }
        let raw = try raw(operation)
        try canceller.arm(operation, limit: answerLimit)
        let result = ResultHandle(PQexec(raw, text))
        guard result.status == expected else {
            let reason = canceller.disarm()
            if result.isFailure { throw failure(of: result, operation: operation, reason: reason) }
            if result.status == PGRES_COPY_IN || result.status == PGRES_COPY_OUT { close() }
            throw PostgresError(.usage, operation: operation, message: "not the COPY that was announced")
        }
        return raw
    }

    /// Takes the results up to the last; the connection is ready for the next statement then.
    private func endCopy(_ raw: OpaquePointer, _ operation: String) -> (affected: Int, failure: PostgresError?) {
        var affected = 0
        var failed: PostgresError?
        var isOpen = true
        while isOpen {
            let result = ResultHandle(PQgetResult(raw))
            isOpen = result.raw != nil
            guard isOpen else { break }
            if result.isFailure {
                failed = failed ?? failure(of: result, operation: operation, reason: nil)
                if PQstatus(raw) != CONNECTION_OK { break }
            } else {
                affected = max(affected, result.affected)
            }
        }
        let reason = canceller.disarm()
        if let failure = failed, failure.kind == .statementTimeout, let reason {
            failed = failure.with(kind: reason)
        }
        return (affected, failed)
    }
}

/// Takes the messages of a binary COPY apart.
private struct CopyReader {
    var rows = 0
    private var isHeaderRead = false
    private var fields: [(start: Int32, count: Int32)] = []

    mutating func read(_ bytes: UnsafeRawBufferPointer, _ body: (borrowing CopyRow) throws -> Void) throws {
        var offset = 0
        func load<T: FixedWidthInteger>(_: T.Type) throws(PostgresError) -> T {
            guard offset + MemoryLayout<T>.size <= bytes.count else { throw malformed }
            defer { offset += MemoryLayout<T>.size }
            return T(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
        if !isHeaderRead {
            guard bytes.count >= 19, bytes[0] == UInt8(ascii: "P"), bytes[10] == 0 else {
                throw PostgresError(.usage, operation: "copyOut", message: "the COPY is not in binary format")
            }
            offset = 15
            let extra = try load(UInt32.self)
            offset += Int(extra)
            isHeaderRead = true
        }
        while offset < bytes.count {
            let width = try load(Int16.self)
            guard width >= 0 else { return }
            fields.removeAll(keepingCapacity: true)
            for _ in 0..<width {
                let count = try load(Int32.self)
                guard count <= bytes.count - offset else { throw malformed }
                fields.append((start: Int32(offset), count: count))
                offset += Int(max(count, 0))
            }
            rows += 1
            try fields.withUnsafeBufferPointer { try body(CopyRow(bytes: bytes, fields: $0)) }
        }
    }

    private var malformed: PostgresError {
        PostgresError(.decoding, operation: "copyOut", message: "a row that ends too early")
    }
}
