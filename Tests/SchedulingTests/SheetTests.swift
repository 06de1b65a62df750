import Foundation
import Scheduling
import SeededRandom
import Testing

@Suite struct SheetTests {
    private static let day = UTCDay(20_780)

    private func minutes(_ start: Double, _ end: Double) -> Range<Date> {
        (Self.day.start + start * 60)..<(Self.day.start + end * 60)
    }

    private func set(_ sheet: AvailabilitySheet) -> [Int] { (-1...288).filter { sheet[$0] } }

    @Test func `days are counted from 1970 and hold their beginning but not their end`() throws {
        #expect(UTCDay(of: try at("1970-01-01T00:00Z")).number == 0)
        #expect(UTCDay(of: try at("1969-12-31T23:59:59Z")).number == -1)
        #expect(UTCDay(of: try at("2028-02-29T12:00Z")).start == (try at("2028-02-29T00:00Z")))
        let day = UTCDay(of: try at("2026-11-23T23:59:59Z"))
        #expect(day.end == (try at("2026-11-24T00:00Z")) && UTCDay(of: day.end) == day.advanced(by: 1))
    }

    /// A step is free when somebody works in all of it, and when nothing takes any of it.
    @Test(
        arguments: [
            ([(10, 25)], [], [2, 3, 4]), ([(9.9, 25.1)], [], [2, 3, 4]), ([(10.1, 24.9)], [], [3]),
            ([(11, 14)], [], []), ([(-60, 5)], [], [0]), ([(1435, 1500)], [], [287]), ([(11, 14), (14, 21)], [], [3]),
            ([(0, 60)], [(5, 55)], [0, 11]), ([(0, 60)], [(5.1, 54.9)], [0, 11]), ([(0, 60)], [(4.9, 55.1)], []),
            ([(0, 15)], [(5, 5)], [0, 1, 2]), ([(0, 15)], [(7, 8)], [0, 2]), ([(0, 15)], [(-30, 5)], [1, 2]),
            ([(0, 10)], [(10, 20)], [0, 1]), ([], [(0, 10)], []),
        ] as [([(Double, Double)], [(Double, Double)], [Int])])
    func `a step is free only if all of it is`(
        working: [(Double, Double)], busy: [(Double, Double)], expected: [Int]
    ) throws {
        // Ranges that meet within a step are one, as working time is merged before.
        let merged = working.count == 2 ? [(working[0].0, working[1].1)] : working
        let sheet = AvailabilitySheet(
            day: Self.day, working: merged.map(minutes), busy: busy.map(minutes))
        #expect(set(sheet) == expected)
    }

    @Test func `a block without end takes all that follows`() throws {
        let sheet = AvailabilitySheet(
            day: Self.day, working: [minutes(0, 1440)],
            busy: [(Self.day.start + 600)..<Date(timeIntervalSince1970: .infinity)])
        #expect(set(sheet) == [0, 1])
    }

    @Test func `the bytes are 36, lowest bit first, and read back`() throws {
        let sheet = AvailabilitySheet(
            day: Self.day, working: [minutes(0, 10), minutes(45, 50), minutes(1435, 1440)], busy: [])
        #expect(sheet.bytes == [0b11, 0b10] + [UInt8](repeating: 0, count: 33) + [0x80])
        #expect(AvailabilitySheet(bytes: sheet.bytes) == sheet)
        var random = SplitMix64(seed: 1)
        for _ in 0..<100 {
            let bytes = (0..<36).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let read = try #require(AvailabilitySheet(bytes: bytes))
            #expect(read.bytes == bytes)
            #expect((0..<288).allSatisfy { read[$0] == (bytes[$0 / 8] >> UInt8($0 % 8) & 1 == 1) })
        }
        #expect(AvailabilitySheet(bytes: [UInt8](repeating: 0, count: 35)) == nil)
        #expect(AvailabilitySheet(bytes: [UInt8](repeating: 0, count: 37)) == nil)
        #expect(MemoryLayout<AvailabilitySheet>.size == 40)
    }

    @Test func `sheets are joined and met bit by bit`() throws {
        let day = Self.day
        let early = AvailabilitySheet(day: day, working: [minutes(0, 700)], busy: [])
        let late = AvailabilitySheet(day: day, working: [minutes(600, 1440)], busy: [])
        var both = early
        both.formIntersection(late)
        #expect(set(both) == Array(120..<140))
        var either = early
        either.formUnion(late)
        #expect(set(either) == Array(0..<288))
    }

    @Test func `days in a row and their sheets hold the same bits`() throws {
        var random = SplitMix64(seed: 2)
        for days in 1...9 {
            let working = (0..<days * 12).map { _ in
                let start = Double.random(in: 0..<Double(days) * 1440, using: &random)
                return minutes(start, start + Double.random(in: 1...200, using: &random))
            }
            let whole = StepBits(working: working, busy: [], from: Self.day, days: days)
            let sheets = (0..<days).map { AvailabilitySheet(whole, day: Self.day.advanced(by: $0)) }
            #expect(StepBits(sheets, from: Self.day) == whole)
            for (number, sheet) in sheets.enumerated() {
                let day = Self.day.advanced(by: number)
                #expect(sheet == AvailabilitySheet(day: day, working: working, busy: []))
                #expect((0..<288).allSatisfy { sheet[$0] == whole[day.number * 288 + $0] })
            }
        }
    }
}

@Suite struct StepBitsTests {
    /// Bits at random, denser the larger `part`, of an odd length and start.
    private func bits(_ random: inout SplitMix64, count: Int, part: Double) -> (StepBits, Set<Int>) {
        let start = Int.random(in: -1_000...1_000, using: &random)
        var bits = StepBits(start: start, count: count)
        var steps: Set<Int> = []
        for step in start..<(start + count) where random.chance(part) {
            bits.set(within: StepBits.instant(of: step)..<StepBits.instant(of: step + 1))
            steps.insert(step)
        }
        return (bits, steps)
    }

    private func steps(_ bits: StepBits) -> Set<Int> {
        Set(((bits.start - 70)..<(bits.start + bits.count + 70)).filter { bits[$0] })
    }

    @Test(arguments: 0..<60) func `runs, shifts and sets are those of single bits`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let count = random.element([1, 63, 64, 65, 288, 300, 640])
        let (bits, set) = bits(&random, count: count, part: random.element([0.3, 0.9, 0.99]))
        #expect(steps(bits) == set)
        #expect(bits.isEmpty == set.isEmpty)
        for length in [1, 2, 3, 5, 8, 13, 63, 64, 65, 127, 128, 288, 641] {
            let expected = set.filter { first in (first..<(first + length)).allSatisfy(set.contains) }
            #expect(steps(bits.runs(of: length)) == expected, "seed \(seed), \(length) in a row of \(count)")
        }
        for shift in [0, 1, 12, 63, 64, 65, 200, 1000] {
            let end = bits.start + bits.count
            #expect(steps(bits.delayed(by: shift)) == Set(set.map { $0 + shift }.filter { $0 < end }), "seed \(seed)")
        }
    }

    @Test(arguments: 0..<40) func `the first in a range is the least of it`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let (bits, set) = bits(
            &random, count: random.element([1, 64, 130, 576]), part: random.element([0, 0.005, 0.05, 0.5]))
        for _ in 0..<50 {
            let first = Int.random(in: (bits.start - 80)...(bits.start + bits.count + 80), using: &random)
            let range = first..<(first + Int.random(in: 0...300, using: &random))
            #expect(bits.first(in: range) == set.filter(range.contains).min(), "seed \(seed), \(range)")
        }
    }
}
