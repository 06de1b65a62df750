import CPostgres
import Foundation

/// Owns a `PGconn`.
struct Handle: ~Copyable {
    let raw: OpaquePointer

    deinit { PQfinish(raw) }

    /// Connects; blocks.
    init(_ configuration: Configuration) throws(PostgresError) {
        let parameters = configuration.parameters
        var keys = parameters.map { strdup($0.0) }
        var values = parameters.map { strdup($0.1) }
        defer {
            keys.forEach { free($0) }
            values.forEach { free($0) }
        }
        keys.append(nil)
        values.append(nil)
        let connection = keys.withUnsafeBufferPointer { keys in
            values.withUnsafeBufferPointer { values in
                keys.withMemoryRebound(to: UnsafePointer<CChar>?.self) { keys in
                    values.withMemoryRebound(to: UnsafePointer<CChar>?.self) { values in
                        PQconnectdbParams(keys.baseAddress, values.baseAddress, 1)
                    }
                }
            }
        }
        guard let connection else {
            throw PostgresError(.unavailable, operation: "connect", message: "out of memory")
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            let error = PostgresError(
                .unavailable, operation: "connect", message: String(cString: PQerrorMessage(connection)))
            PQfinish(connection)
            throw error
        }
        salon_pq_silence(connection)
        raw = connection
    }

    var isBroken: Bool { PQstatus(raw) != CONNECTION_OK }
    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(raw) }
    var errorMessage: String { String(cString: PQerrorMessage(raw)) }

    /// A string as SQL text.
    func literal(_ text: String) throws(PostgresError) -> String {
        try escaped(text, PQescapeLiteral)
    }

    /// A name as SQL text.
    func identifier(_ name: String) throws(PostgresError) -> String {
        try escaped(name, PQescapeIdentifier)
    }

    private func escaped(
        _ text: String, _ escape: (OpaquePointer?, UnsafePointer<CChar>?, Int) -> UnsafeMutablePointer<CChar>?
    ) throws(PostgresError) -> String {
        // libpq stops at a NUL byte without a word.
        guard !text.utf8.contains(0), let pointer = escape(raw, text, text.utf8.count) else {
            throw PostgresError(.usage, operation: "escape", message: "a text that cannot be quoted")
        }
        defer { PQfreemem(pointer) }
        return String(cString: pointer)
    }
}

/// Owns a `PGresult`.
struct ResultHandle: ~Copyable {
    let raw: OpaquePointer?

    init(_ raw: OpaquePointer?) { self.raw = raw }

    deinit { PQclear(raw) }

    var status: ExecStatusType { PQresultStatus(raw) }

    var isFailure: Bool {
        switch status {
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR: true
        default: false
        }
    }

    var isCopy: Bool {
        switch status {
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: true
        default: false
        }
    }

    var affected: Int { Int(String(cString: PQcmdTuples(raw))) ?? 0 }

    func field(_ code: Int32) -> String? {
        PQresultErrorField(raw, code).map { String(cString: $0) }
    }

    /// Copies all rows out.
    func rows() -> Rows {
        let width = PQnfields(raw)
        let height = PQntuples(raw)
        let columns = (0..<width).map { column in
            (name: String(cString: PQfname(raw, column)), type: TypeOID(rawValue: PQftype(raw, column)))
        }
        var bytes: [UInt8] = []
        var cells: [(start: Int, count: Int)] = []
        cells.reserveCapacity(Int(width) * Int(height))
        for row in 0..<height {
            for column in 0..<width {
                guard PQgetisnull(raw, row, column) == 0, let value = PQgetvalue(raw, row, column) else {
                    cells.append((start: -1, count: 0))
                    continue
                }
                let count = Int(PQgetlength(raw, row, column))
                cells.append((start: bytes.count, count: count))
                bytes.append(contentsOf: UnsafeRawBufferPointer(start: value, count: count))
            }
        }
        return Rows(
            storage: Rows.Storage(columns: columns, bytes: bytes, cells: cells), count: Int(height), affected: affected)
    }
}
