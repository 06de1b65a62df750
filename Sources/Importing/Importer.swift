public import Catalogue
import Geometry

/// Brings a file's rows into a target, batch after batch.
public enum Importer {
    /// Reads all rows, checks each, and hands the accepted ones to the target.
    ///
    /// Each batch is whole or not there at all; cancellation is noticed between batches, and then the batches before
    /// stay. Importing the file again brings the rest. The rejects file is written only at the end. Memory: one batch,
    /// and some twenty bytes a row to find a `source_ref` that comes twice.
    ///
    /// Throws ``ImportingError``, `CancellationError`, and what the target throws.
    public static func run(
        _ reader: any RowReader, into target: some ImportTarget, options: ImportOptions,
        progress: (ImportProgress) -> Void = { _ in }
    ) async throws -> ImportReport {
        let positions = PositionCheck(
            coordinateSystem: try system(options), allowsCommaInMetres: reader.recognised.delimiter != ",")
        var plan = try ColumnPlan(mapping: options.mapping)
        plan.extend(to: reader.columns)
        if reader.recognised.format == "CSV" {
            try plan.check(reader.columns)
            try checkColumns(plan, options)
        }
        guard options.batchSize > 0 else { throw ImportingError.option("a batch has at least one row") }
        var check = try RowCheck(options: options, positions: positions)
        let rejects = try options.rejectsPath.map { path throws(ImportingError) in try RejectsFile(path: path) }
        let warnings = try options.warningsPath.map { path throws(ImportingError) in try WarningsFile(path: path) }
        var repairs: [ImportWarning: Int] = [:]
        var report = ImportReport(format: reader.recognised)
        var batch: [ImportedSalon] = []
        var sinceProgress = 0

        func tell() {
            progress(
                ImportProgress(
                    bytesRead: reader.bytesRead, bytesTotal: reader.bytesTotal, rows: report.read,
                    rejected: report.rejected))
        }

        while let row = try reader.next() {
            report.read += 1
            plan.extend(to: reader.columns)
            switch check.outcome(row, RowValues(row, columns: reader.columns, plan: plan)) {
            case .accepted(let salon):
                batch.append(salon)
                // A reader counts the cells that it repaired; what was added belongs to this row.
                for (warning, count) in reader.textWarnings where count > repairs[warning, default: 0] {
                    let remark = RowRemark(line: row.line, text: warning.repair)
                    report.warn(warning, remark, count: count - repairs[warning, default: 0])
                    try warnings?.add(warning, remark, about: salon.profile)
                }
                for (warning, text) in check.remarks {
                    let remark = RowRemark(line: row.line, text: text)
                    report.warn(warning, remark)
                    try warnings?.add(warning, remark, about: salon.profile)
                }
            case .rejected(let reason):
                report.reject(reason, line: row.line)
                try rejects?.add(row, reason: reason)
            }
            repairs = reader.textWarnings
            sinceProgress += 1
            if batch.count == options.batchSize {
                try await flush(&batch, into: target, &report)
            }
            if sinceProgress == options.batchSize {
                try Task.checkCancellation()
                tell()
                sinceProgress = 0
            }
        }
        try await flush(&batch, into: target, &report)
        try rejects?.finish(columns: reader.columns)
        try warnings?.finish()
        report.unknownColumns = plan.unknown
        tell()
        return report
    }

    private static func flush(
        _ batch: inout [ImportedSalon], into target: some ImportTarget, _ report: inout ImportReport
    ) async throws {
        guard !batch.isEmpty else { return }
        try Task.checkCancellation()
        let counts = try await target.upsert(batch)
        report.upserted.inserted += counts.inserted
        report.upserted.updated += counts.updated
        report.upserted.unchanged += counts.unchanged
        batch.removeAll(keepingCapacity: true)
    }

    private static func system(_ options: ImportOptions) throws(ImportingError) -> CoordinateSystem? {
        guard let code = options.coordinateSystem else { return nil }
        do throws(GeometryError) {
            return try CoordinateSystem(code)
        } catch {
            throw .coordinateSystem("\(error)")
        }
    }

    private static func checkColumns(_ plan: ColumnPlan, _ options: ImportOptions) throws(ImportingError) {
        guard plan.has(.name) else {
            throw .missingColumn("no column is the name; say which with --map name=COLUMN")
        }
        let hasMetres = plan.has(.x) && plan.has(.y)
        if options.coordinateSystem != nil, !hasMetres {
            throw .missingColumn("--crs needs the columns x and y; say which with --map x=COLUMN --map y=COLUMN")
        }
        if options.coordinateSystem == nil, hasMetres, !plan.has(.latitude) || !plan.has(.longitude) {
            throw .missingColumn("the columns x and y need their coordinate system: --crs EPSG:25832")
        }
    }
}
