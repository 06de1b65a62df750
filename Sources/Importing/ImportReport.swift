public import Catalogue

/// What an import did: `read = accepted + rejected`, and `accepted = inserted + updated + unchanged`.
public struct ImportReport: Sendable, Hashable {
    /// What was recognised of the file.
    public var format: RecognisedFormat
    /// Columns that are none of ours and were kept as source data.
    public var unknownColumns: [String] = []
    /// Rows read, without empty lines and the header.
    public var read = 0
    /// What the target did with the accepted rows.
    public var upserted = UpsertCounts()
    /// Rejected rows by reason.
    public var rejectedByReason: [RejectReason.Kind: Int] = [:]
    /// Warnings about accepted rows by kind; a row may have several.
    public var warnings: [ImportWarning: Int] = [:]

    /// The first rejected rows of each reason, at most ``examples`` of them.
    public var rejectedExamples: [RejectReason.Kind: [RowRemark]] = [:]
    /// The first rows with each warning, at most ``examples`` of them.
    public var warningExamples: [ImportWarning: [RowRemark]] = [:]
    /// How many rows are named for each reason.
    public static let examples = 3

    /// Rows handed to the target.
    public var accepted: Int { upserted.inserted + upserted.updated + upserted.unchanged }
    /// Rows not handed to the target.
    public var rejected: Int { rejectedByReason.values.reduce(0, +) }
}

extension ImportReport {
    mutating func reject(_ reason: RejectReason, line: Int) {
        rejectedByReason[reason.kind, default: 0] += 1
        guard rejectedExamples[reason.kind, default: []].count < Self.examples else { return }
        rejectedExamples[reason.kind, default: []].append(RowRemark(line: line, text: reason.description))
    }

    mutating func warn(_ warning: ImportWarning, _ remark: RowRemark, count: Int = 1) {
        warnings[warning, default: 0] += count
        guard warningExamples[warning, default: []].count < Self.examples else { return }
        warningExamples[warning, default: []].append(remark)
    }
}

/// How far an import is.
public struct ImportProgress: Sendable, Hashable {
    /// Bytes of the file read.
    public let bytesRead: Int
    /// Bytes of the file; grows while reading a file that is being written.
    public let bytesTotal: Int
    /// Rows read.
    public let rows: Int
    /// Rows rejected.
    public let rejected: Int
}
