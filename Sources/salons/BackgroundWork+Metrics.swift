import Events
import Foundation
import Jobs
import OperationsAPI

extension BackgroundWork {
    /// The figures of consumers and jobs, as of a few seconds ago.
    func metrics(at now: Date) -> [Metric] {
        monitor.consumers.flatMap { metrics(of: $0, at: now) } + jobMetrics(at: now)
    }

    private func metrics(of consumer: EventAdministration.ConsumerStatus, at now: Date) -> [Metric] {
        let name = [("consumer", consumer.name)]
        let age = consumer.oldest.map { max(0, now.timeIntervalSince($0)) } ?? 0
        return [
            Metric(
                "salons_events_waiting", .gauge, "Events that a consumer has not done.", labels: name,
                value: Double(consumer.depth)),
            Metric(
                "salons_events_oldest_age_seconds", .gauge, "Age of the oldest event that a consumer has not done.",
                labels: name, value: age),
            Metric(
                "salons_events_failing", .gauge,
                "Events that a consumer tries again, and those of the same subjects behind them.", labels: name,
                value: Double(consumer.failing)),
            Metric(
                "salons_events_dead", .gauge, "Events that a consumer has given up.", labels: name,
                value: Double(consumer.dead)),
        ]
    }

    private func jobMetrics(at now: Date) -> [Metric] {
        let counts = keeper.counts.flatMap { count in
            let labels = [("kind", count.kind), ("state", count.state)]
            return [
                Metric("salons_jobs", .gauge, "Jobs that are not done.", labels: labels, value: Double(count.count)),
                Metric(
                    "salons_jobs_oldest_due_seconds", .gauge, "How long the one that is due longest has been due.",
                    labels: labels, value: max(0, now.timeIntervalSince(count.oldest))),
            ]
        }
        let worker = worker.statistics
        return counts + [
            Metric(
                "salons_jobs_worked_total", .counter, "Jobs that this instance worked at.",
                labels: [("result", "done")],
                value: Double(worker.done)),
            Metric(
                "salons_jobs_worked_total", .counter, "Jobs that this instance worked at.",
                labels: [("result", "failed")], value: Double(worker.failed)),
            Metric(
                "salons_jobs_worked_total", .counter, "Jobs that this instance worked at.",
                labels: [("result", "dead")],
                value: Double(worker.dead)),
            Metric(
                "salons_jobs_worked_total", .counter, "Jobs that this instance worked at.",
                labels: [("result", "lost")],
                value: Double(worker.lost)),
            Metric(
                "salons_jobs_rescued_total", .counter, "Jobs that this instance took from workers that had gone away.",
                value: Double(keeper.rescued)),
        ]
    }
}
