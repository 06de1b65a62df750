/// The five-character code of a server error (PostgreSQL documentation, appendix A).
public struct SQLState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The code as the server sent it, such as `23505`.
    public let rawValue: String

    /// Any code, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The code itself.
    public var description: String { rawValue }

    /// The first two characters, which name the class of the error.
    public var errorClass: Substring { rawValue.prefix(2) }
}

// The names are those of the documentation; a comment would repeat them.
extension SQLState {
    /// 0A000; also what an outdated prepared plan answers.
    public static let featureNotSupported = SQLState(rawValue: "0A000")
    /// 22P02.
    public static let invalidTextRepresentation = SQLState(rawValue: "22P02")
    /// 23502.
    public static let notNullViolation = SQLState(rawValue: "23502")
    /// 23503.
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// 23505.
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// 23514.
    public static let checkViolation = SQLState(rawValue: "23514")
    /// 23P01.
    public static let exclusionViolation = SQLState(rawValue: "23P01")
    /// 25006.
    public static let readOnlyTransaction = SQLState(rawValue: "25006")
    /// 25P02: a statement followed a failed one in the same transaction.
    public static let inFailedTransaction = SQLState(rawValue: "25P02")
    /// 26000: the prepared statement is unknown.
    public static let invalidStatementName = SQLState(rawValue: "26000")
    /// 2BP01: something else needs what was to be dropped.
    public static let dependentObjectsStillExist = SQLState(rawValue: "2BP01")
    /// 40001.
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// 40P01.
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    /// 42501.
    public static let insufficientPrivilege = SQLState(rawValue: "42501")
    /// 42601.
    public static let syntaxError = SQLState(rawValue: "42601")
    /// 42704: a role, a type, a trigger or the like.
    public static let undefinedObject = SQLState(rawValue: "42704")
    /// 42883.
    public static let undefinedFunction = SQLState(rawValue: "42883")
    /// 42P01.
    public static let undefinedTable = SQLState(rawValue: "42P01")
    /// 42P13; also what changing the result of a function is answered.
    public static let invalidFunctionDefinition = SQLState(rawValue: "42P13")
    /// 53300.
    public static let tooManyConnections = SQLState(rawValue: "53300")
    /// 55P03.
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// 57014: cancelled by request or by `statement_timeout`.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// 57P01.
    public static let adminShutdown = SQLState(rawValue: "57P01")
    /// 57P02.
    public static let crashShutdown = SQLState(rawValue: "57P02")
    /// 57P03.
    public static let cannotConnectNow = SQLState(rawValue: "57P03")
}
