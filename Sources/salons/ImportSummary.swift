import Catalogue
import Foundation
import Importing
import JSON

/// What an import did, for people and for programs. The totals add up.
struct ImportSummary {
    let report: ImportReport
    let isDryRun: Bool
    /// Whether all refused rows were written to a file.
    var hasRejects = false
    /// Whether all warnings were written to a file.
    var hasWarnings = false

    var text: String {
        var lines = ["Recognised: \(report.format)"]
        if !report.unknownColumns.isEmpty {
            lines.append("Kept as source data: \(report.unknownColumns.map(\.onOneLine).joined(separator: ", "))")
        }
        lines.append("")
        var table = TextTable([.init(title: "Rows"), .init(title: "Count", alignsRight: true)])
        table.append(["read", "\(report.read)"])
        table.append([isDryRun ? "would be accepted" : "accepted", "\(report.accepted)"])
        if !isDryRun {
            table.append(["  new", "\(report.upserted.inserted)"])
            table.append(["  changed", "\(report.upserted.updated)"])
            table.append(["  unchanged", "\(report.upserted.unchanged)"])
        }
        table.append(["refused", "\(report.rejected)"])
        for (reason, count) in report.rejectedByReason.sorted(by: { $0.value > $1.value }) {
            table.append(["  \(reason.rawValue)", "\(count)"])
        }
        lines.append(table.text)
        if report.rejected > 0 {
            lines += ["", "Examples of refused rows\(hasRejects ? "" : " (--rejects FILE writes all of them)"):"]
            lines += report.rejectedExamples.sorted { $0.key.rawValue < $1.key.rawValue }
                .flatMap { examples($0.key.rawValue, $0.value) }
        }
        if !report.warnings.isEmpty {
            lines.append("")
            var table = TextTable([.init(title: "Accepted, but"), .init(title: "Count", alignsRight: true)])
            for (warning, count) in report.warnings.sorted(by: { $0.value > $1.value }) {
                table.append([warning.rawValue, "\(count)"])
            }
            lines.append(table.text)
            lines += ["", "Examples of these warnings\(hasWarnings ? "" : " (--warnings FILE writes all of them)"):"]
            lines += report.warningExamples.sorted { $0.key.rawValue < $1.key.rawValue }
                .flatMap { examples($0.key.rawValue, $0.value) }
        }
        return lines.joined(separator: "\n")
    }

    /// A line a row; the words in them are the file's, so they stay on their line.
    private func examples(_ kind: String, _ remarks: [RowRemark]) -> [String] {
        let unit = report.format.format == "OpenStreetMap" ? "object" : "line"
        return ["  \(kind)"] + remarks.map { "    \(unit) \($0.line): \($0.text.onOneLine)" }
    }

    /// Everything on one line, as programs read it.
    var json: String {
        let members: JSONValue = [
            "done": true, "dry_run": .bool(isDryRun), "read": .integer(report.read),
            "accepted": .integer(report.accepted), "inserted": .integer(report.upserted.inserted),
            "updated": .integer(report.upserted.updated), "unchanged": .integer(report.upserted.unchanged),
            "rejected": .integer(report.rejected),
            "reasons": Self.object(report.rejectedByReason) { .integer($0) },
            "warnings": Self.object(report.warnings) { .integer($0) },
            "unknown_columns": .array(report.unknownColumns.map { .string($0) }),
            "rejected_examples": Self.object(report.rejectedExamples, Self.json),
            "warning_examples": Self.object(report.warningExamples, Self.json),
        ]
        return members.description
    }

    private static func json(_ remarks: [RowRemark]) -> JSONValue {
        .array(remarks.map { ["line": .integer($0.line), "reason": .string($0.text)] })
    }

    private static func object<Kind: RawRepresentable<String>, Value>(
        _ values: [Kind: Value], _ json: (Value) -> JSONValue
    ) -> JSONValue {
        let sorted = values.sorted { $0.key.rawValue < $1.key.rawValue }
        return .object(sorted.map { .init($0.key.rawValue, json($0.value)) })
    }
}
