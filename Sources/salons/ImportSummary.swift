import Foundation
import Importing

/// What an import did, for people and for programs. The totals add up.
struct ImportSummary {
    let report: ImportReport
    let isDryRun: Bool

    var text: String {
        var lines = ["Recognised: \(report.format)"]
        if !report.unknownColumns.isEmpty {
            lines.append("Kept as source data: \(report.unknownColumns.joined(separator: ", "))")
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
        if !report.warnings.isEmpty {
            lines.append("")
            var table = TextTable([.init(title: "Accepted, but"), .init(title: "Count", alignsRight: true)])
            for (warning, count) in report.warnings.sorted(by: { $0.value > $1.value }) {
                table.append([warning.rawValue, "\(count)"])
            }
            lines.append(table.text)
        }
        return lines.joined(separator: "\n")
    }

    var json: String {
        let members: [String: Any] = [
            "done": true, "dry_run": isDryRun, "read": report.read, "accepted": report.accepted,
            "inserted": report.upserted.inserted, "updated": report.upserted.updated,
            "unchanged": report.upserted.unchanged, "rejected": report.rejected,
            "reasons": Dictionary(uniqueKeysWithValues: report.rejectedByReason.map { ($0.key.rawValue, $0.value) }),
            "warnings": Dictionary(uniqueKeysWithValues: report.warnings.map { ($0.key.rawValue, $0.value) }),
            "unknown_columns": report.unknownColumns,
        ]
        let data = try? JSONSerialization.data(withJSONObject: members, options: [.sortedKeys])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}
