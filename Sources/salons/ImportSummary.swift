import Foundation
import Importing

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

    private static func json(_ remarks: [RowRemark]) -> [[String: Any]] {
        remarks.map { ["line": $0.line, "reason": $0.text] }
    }

    var json: String {
        let members: [String: Any] = [
            "done": true, "dry_run": isDryRun, "read": report.read, "accepted": report.accepted,
            "inserted": report.upserted.inserted, "updated": report.upserted.updated,
            "unchanged": report.upserted.unchanged, "rejected": report.rejected,
            "reasons": Dictionary(uniqueKeysWithValues: report.rejectedByReason.map { ($0.key.rawValue, $0.value) }),
            "warnings": Dictionary(uniqueKeysWithValues: report.warnings.map { ($0.key.rawValue, $0.value) }),
            "unknown_columns": report.unknownColumns,
            "rejected_examples": Dictionary(
                uniqueKeysWithValues: report.rejectedExamples.map { ($0.key.rawValue, Self.json($0.value)) }),
            "warning_examples": Dictionary(
                uniqueKeysWithValues: report.warningExamples.map { ($0.key.rawValue, Self.json($0.value)) }),
        ]
        let data = try? JSONSerialization.data(withJSONObject: members, options: [.sortedKeys])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}
