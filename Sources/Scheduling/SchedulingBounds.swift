public import Foundation

/// What is never exceeded, wherever it is asked for, answered or stored.
public enum SchedulingBounds {
    /// The most steps of one booking, and so the most people of a party, each of whom has a step.
    public static let largestVisit = 8

    /// The longest that a person can be busy with one service: 48 hours, and 12 of buffer on either side.
    public static let longestService: TimeInterval = 72 * 3_600
}
