import Availability
import Directory
import Discovery
import Foundation
import OperationsAPI
import Postgres
import Redis
import Reservations
import Tenancy

/// Gathers the figures of the modules for `/metrics` and `/readyz`.
struct Telemetry: Sendable {
    let directory: Directory
    let database: ScopedDatabase
    let redis: Redis.Client?
    let discovery: Discovery
    let board: AvailabilityBoard
    let reservations: Reservations
    let background: BackgroundWork

    func readiness() -> Readiness {
        let status = directory.status
        let calendars = board.status
        return Readiness(
            isDirectoryLoaded: status.isLoaded, isFeedHealthy: status.feedHealthy, lagSeconds: status.indexLag,
            areCalendarsCurrent: calendars.isHealthy,
            isDatabaseAnswering: database.statistics.isHealthy && (status.feedHealthy || calendars.isHealthy),
            isCacheHealthy: redis.map { $0.statistics.circuit == .closed })
    }

    func metrics() -> [Metric] {
        directoryMetrics() + availabilityMetrics() + databaseMetrics() + cacheMetrics() + logMetrics()
            + reservationMetrics() + background.metrics(at: Date())
    }

    private func reservationMetrics() -> [Metric] {
        let figures = reservations.statistics
        let outcomes: [(String, Int)] = [
            ("done", figures.done), ("replayed", figures.replays), ("slot_taken", figures.slotsTaken),
            ("refused", figures.refused), ("unavailable", figures.unavailable),
        ]
        return outcomes.map { outcome, count in
            Metric(
                "salons_reservations_total", .counter, "Requests for holds, bookings and their changes.",
                labels: [("outcome", outcome)], value: Double(count))
        } + [
            Metric(
                "salons_reservation_retries_total", .counter, "Attempts after the first, with the same key.",
                value: Double(figures.retries)),
            Metric(
                "salons_reservation_deadlocks_total", .counter,
                "Deadlocks that PostgreSQL broke; alert at the first.", value: Double(figures.deadlocks)),
            Metric(
                "salons_reservation_backstop_hits_total", .counter,
                "Overlaps that only the exclusion constraint refused; alert at the first.",
                value: Double(figures.backstopHits)),
        ]
    }

    private func logMetrics() -> [Metric] {
        [
            Metric(
                "salons_log_lines_dropped_total", .counter, "Log lines that could not be written.",
                value: Double(LogWriter.standardError.dropped)),
            Metric(
                "salons_log_lines_suppressed_total", .counter,
                "Log lines left out because many of the same kind had come.",
                value: Double(LogThrottle.shared.suppressed)),
        ]
    }

    private func directoryMetrics() -> [Metric] {
        let status = directory.status
        return [
            Metric(
                "salons_directory_loaded", .gauge, "1 once the directory is loaded.", value: status.isLoaded ? 1 : 0),
            Metric("salons_directory_salons", .gauge, "Published salons in view.", value: Double(status.salons)),
            Metric(
                "salons_index_lag_seconds", .gauge, "Age of the oldest change that is not in view yet.",
                value: status.indexLag),
            Metric(
                "salons_feed_healthy", .gauge, "1 while the change feed is answered.",
                value: status.feedHealthy ? 1 : 0),
            Metric(
                "salons_directory_overlay_salons", .gauge, "Changed salons that wait to be merged.",
                value: Double(status.overlaySalons)),
            Metric(
                "salons_directory_bytes", .gauge, "Memory of the directory.", labels: [("part", "index")],
                value: Double(status.indexBytes)),
            Metric(
                "salons_directory_bytes", .gauge, "Memory of the directory.", labels: [("part", "cards")],
                value: Double(status.cardBytes)),
            Metric(
                "salons_unknown_hours_salons", .gauge, "Salons whose opening hours are not understood.",
                value: Double(status.unknownHours)),
            Metric(
                "salons_reconciliations_total", .counter, "Comparisons with the database.",
                value: Double(status.reconciliations)),
            Metric(
                "salons_repairs_total", .counter, "Salons that a comparison put right.", value: Double(status.repairs)),
        ]
    }

    private func availabilityMetrics() -> [Metric] {
        let status = board.status
        return [
            Metric(
                "salons_availability_healthy", .gauge, "1 while the feed of calendars was heard lately.",
                value: status.isHealthy ? 1 : 0),
            Metric(
                "salons_availability_lag_seconds", .gauge, "Age of what answers from memory speak of.",
                value: status.lag),
            Metric(
                "salons_availability_event_delay_seconds", .gauge,
                "From the writing of the last event until it was acted on.", value: status.delay),
            Metric(
                "salons_availability_entries", .gauge, "Salons whose calendars are in memory.",
                value: Double(status.entries)),
            Metric(
                "salons_availability_looks_total", .counter, "Looks at memory.", labels: [("result", "hit")],
                value: Double(status.hits)),
            Metric(
                "salons_availability_looks_total", .counter, "Looks at memory.", labels: [("result", "miss")],
                value: Double(status.misses)),
            Metric(
                "salons_availability_sheets_total", .counter, "Sheets asked of Redis.", labels: [("result", "hit")],
                value: Double(status.sharedHits)),
            Metric(
                "salons_availability_sheets_total", .counter, "Sheets asked of Redis.", labels: [("result", "miss")],
                value: Double(status.sharedMisses)),
            Metric(
                "salons_availability_loads_total", .counter, "Loads of calendars from PostgreSQL.",
                value: Double(status.loads)),
            Metric(
                "salons_availability_load_joins_total", .counter,
                "Callers who shared a load that another had asked for.",
                value: Double(status.joins)),
            Metric(
                "salons_availability_stale_drops_total", .counter, "What was dropped because it had become stale.",
                value: Double(status.staleDrops)),
            Metric(
                "salons_availability_evictions_total", .counter, "Salons that made room for others.",
                value: Double(status.evictions)),
            Metric(
                "salons_availability_restarts_total", .counter,
                "How often everything was read anew because events may have been missed.",
                value: Double(status.restarts)),
        ]
    }

    private func databaseMetrics() -> [Metric] {
        let pool = database.statistics
        return [
            Metric(
                "salons_postgres_healthy", .gauge, "1 while PostgreSQL answers.", value: pool.isHealthy ? 1 : 0),
            Metric(
                "salons_postgres_connections", .gauge, "Connections.", labels: [("state", "open")],
                value: Double(pool.open)),
            Metric(
                "salons_postgres_connections", .gauge, "Connections.", labels: [("state", "idle")],
                value: Double(pool.idle)),
            Metric(
                "salons_postgres_waiting", .gauge, "Callers that wait for a connection.", value: Double(pool.waiting)),
            Metric(
                "salons_postgres_timeouts_total", .counter, "Waits that took too long.", value: Double(pool.timeouts)),
            Metric(
                "salons_postgres_reconnects_total", .counter, "Connections made anew.", value: Double(pool.reconnects)),
        ]
    }

    private func cacheMetrics() -> [Metric] {
        let counts = discovery.cacheCounts
        var metrics = [
            Metric(
                "salons_answer_cache_total", .counter, "Costly answers.", labels: [("result", "hit")],
                value: Double(counts.hits)),
            Metric(
                "salons_answer_cache_total", .counter, "Costly answers.", labels: [("result", "miss")],
                value: Double(counts.misses)),
        ]
        guard let statistics = redis?.statistics else { return metrics }
        metrics += [
            Metric(
                "salons_redis_healthy", .gauge, "1 while Redis answers.", value: statistics.circuit == .closed ? 1 : 0),
            Metric("salons_redis_commands_total", .counter, "Commands answered.", value: Double(statistics.commands)),
            Metric(
                "salons_redis_failures_total", .counter, "Round trips that failed.", value: Double(statistics.failures)),
            Metric(
                "salons_redis_timeouts_total", .counter, "Round trips that took too long.",
                value: Double(statistics.timeouts)),
            Metric(
                "salons_redis_reconnects_total", .counter, "Connections made anew.",
                value: Double(statistics.reconnects)),
        ]
        return metrics
    }
}
