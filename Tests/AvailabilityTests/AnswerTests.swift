import Availability
import Calendars
import Foundation
import Harness
import OpeningHours
import Salons
import Scheduling
import SeededRandom
import Tenancy
import Testing

/// Rosters and busy times made up in the process: what is judged here is the arithmetic, against `Roster.offers`.
struct MadeUpSource: CalendarSource {
    var rosters: [SalonID: Roster]
    var busy: [StaffID: [Range<Date>]] = [:]

    func rosters(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: Roster] {
        rosters.filter { salons.contains($0.key) }
    }
    func busy(
        of staff: [StaffID], in salons: [SalonID], from start: Date, to end: Date, scope: TenantScope
    ) async throws -> [StaffID: [Range<Date>]] {
        busy.filter { staff.contains($0.key) }
    }
    func versions(of salons: [SalonID], scope: TenantScope) async throws -> [SalonID: CalendarVersion] {
        rosters.filter { salons.contains($0.key) }.mapValues { roster in
            CalendarVersion(
                tenant: roster.tenant, revision: roster.revision,
                epochs: Dictionary(uniqueKeysWithValues: roster.staff.map { ($0.id, $0.epoch) }))
        }
    }
}

@Suite("Answers")
struct AnswerTests {
    /// Around the end of March, when clocks change in Europe.
    static let now = Date(timeIntervalSince1970: 1_774_600_000)

    static func roster(_ generator: inout SplitMix64) -> Roster {
        let zones = ["Europe/Copenhagen", "Atlantic/Faroe", "America/Nuuk", "Pacific/Auckland", "Asia/Kathmandu"]
        let services = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            SalonService(
                id: ServiceID(UUID()), name: "Service",
                category: [.haircut, .colour, .massage].randomElement(using: &generator)!,
                duration: 5 * Int.random(in: 1...30, using: &generator),
                bufferBefore: 5 * Int.random(in: 0...4, using: &generator),
                bufferAfter: 5 * Int.random(in: 0...4, using: &generator),
                price: Bool.random(using: &generator) ? Price(amount: 100, currency: "DKK") : nil,
                minimumNotice: [0, 0, 30, 120, 2_000].randomElement(using: &generator)!,
                horizon: [1, 2, 90].randomElement(using: &generator)!,
                slotStep: [5, 15, 20, 30, 60].randomElement(using: &generator)!)
        }
        let staff = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            StaffMember(
                id: StaffID(UUID()), name: "Person", epoch: 1,
                skills: Dictionary(
                    uniqueKeysWithValues: services.filter { _ in Int.random(in: 0..<4, using: &generator) > 0 }.map {
                        ($0.id, Skill(duration: Bool.random(using: &generator) ? 45 : nil))
                    }),
                hours: (1...7).flatMap { weekday -> [WorkingHours] in
                    guard Int.random(in: 0..<5, using: &generator) > 0 else { return [] }
                    let start = 15 * Int.random(in: 0...80, using: &generator)
                    return [
                        WorkingHours(
                            weekday: weekday, start: start,
                            end: start + 15 * Int.random(in: 1...40, using: &generator))
                    ]
                })
        }
        return Roster(
            salon: SalonID(UUID()), tenant: TenantID(UUID()), revision: 1,
            zone: TimeZone(identifier: zones.randomElement(using: &generator)!)!,
            holidays: HolidayCalendar.of(country: "DK"), openingHours: nil,
            isClosedOnHolidays: Bool.random(using: &generator), services: services, staff: staff)
    }

    static func busy(_ roster: Roster, _ generator: inout SplitMix64) -> [StaffID: [Range<Date>]] {
        var busy: [StaffID: [Range<Date>]] = [:]
        for member in roster.staff {
            var start = now - 86_400
            while start < now + 4 * 86_400 {
                start += Double(Int.random(in: 1...400, using: &generator) * 60)
                let end = start + Double(Int.random(in: 1...240, using: &generator) * 60)
                busy[member.id, default: []].append(start..<end)
                start = end
            }
        }
        return busy
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `are the first of the offers that the roster makes`(seed: UInt64) async throws {
        var generator = SplitMix64(seed: seed)
        for round in 0..<60 {
            let roster = Self.roster(&generator)
            let source = MadeUpSource(rosters: [roster.salon: roster], busy: Self.busy(roster, &generator))
            let board = AvailabilityBoard(source: source, cache: nil, now: { Self.now })
            let start = Self.now + Double(Int.random(in: -300...2_880, using: &generator) * 60)
            let window = start..<start + Double(Int.random(in: 0...1_500, using: &generator) * 60)
            let wish: AvailabilityQuestion.Wish =
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: .anything
                case 1: .category(.haircut)
                default: roster.services.randomElement(using: &generator).map { .service($0.id) } ?? .anything
                }
            let staff =
                Int.random(in: 0..<4, using: &generator) == 0 ? roster.staff.randomElement(using: &generator)?.id : nil
            let party = [1, 1, 1, 2, 3].randomElement(using: &generator)!
            let extra = [0, 0, 25].randomElement(using: &generator)!
            let question = AvailabilityQuestion(wish, staff: staff, window: window, now: Self.now, party: party)

            let free = roster.freeTime(busy: source.busy, from: UTCDay(of: Self.now).advanced(by: -3), days: 12)
            let wanted = roster.services.filter { service in
                switch wish {
                case .anything: true
                case .category(let category): service.category == category
                case .service(let id): service.id == id
                }
            }
            let offers = wanted.compactMap {
                roster.offers(
                    of: $0.id, staff: staff, party: party, in: window, now: Self.now, extraNotice: extra, free: free,
                    limit: 1
                ).first
            }
            let expected = offers.min { $0.start < $1.start }
            let answer = try await board.answers(
                question, for: [roster.salon], extraNotice: [extra], scope: .marketplace
            ).answers[0]
            let place = "seed \(seed), round \(round), \(question), \(roster.zone.identifier)"
            if case .free(let offer) = answer {
                #expect(offer == expected, "\(place)")
            } else {
                #expect(expected == nil, "\(answer) \(place)")
                #expect(answer != .unknown && answer != .noCalendar, "\(place)")
                let isAble = wanted.contains { service in
                    roster.staff.filter { $0.skills[service.id] != nil && (staff == nil || $0.id == staff) }.count
                        >= party
                }
                if staff != nil { #expect((answer == .noSuchService) == !isAble, "\(place)") }
                if wanted.isEmpty { #expect(answer == .noSuchService, "\(place)") }
            }
        }
    }

    private static func board(
        hours: ClosedRange<Int>, busy: [Range<Date>], notice: Int = 0
    ) -> (AvailabilityBoard, SalonID, ServiceID) {
        let service = SalonService(
            id: ServiceID(UUID()), name: "Klip", category: .haircut, duration: 30, minimumNotice: notice)
        let member = StaffMember(
            id: StaffID(UUID()), name: "Anna", epoch: 1, skills: [service.id: Skill()],
            hours: (1...7).map {
                WorkingHours(weekday: $0, start: hours.lowerBound * 60, end: hours.upperBound * 60)
            })
        let roster = Roster(
            salon: SalonID(UUID()), tenant: TenantID(UUID()), revision: 1, zone: .gmt,
            holidays: HolidayCalendar.of(country: "DK"), openingHours: nil, services: [service], staff: [member])
        let source = MadeUpSource(rosters: [roster.salon: roster], busy: [member.id: busy])
        return (AvailabilityBoard(source: source, cache: nil), roster.salon, service.id)
    }

    /// 2026-03-27 12:00 UTC.
    static let noon = Date(timeIntervalSince1970: 1_774_612_800)

    @Test(
        arguments: [
            ("somebody is free", 8...20, false, 0, SalonAnswer?.none),
            ("somebody works and is taken", 8...20, true, 0, .full),
            ("nobody works", 14...20, false, 0, .closed),
            // The last half hour would have to begin at 11:30.
            ("somebody works, but not long enough", 8...12, false, 0, .closed),
            ("somebody worked and was taken", 8...12, true, 0, .closed),
            ("the notice is longer than the window", 8...20, false, 120, .tooSoon),
        ] as [(String, ClosedRange<Int>, Bool, Int, SalonAnswer?)])
    func `say why there is none`(
        name: String, hours: ClosedRange<Int>, isBusy: Bool, notice: Int, expected: SalonAnswer?
    ) async throws {
        let busy = isBusy ? [Self.noon - 3_600..<Self.noon + 7_200] : []
        let (board, salon, service) = Self.board(hours: hours, busy: busy, notice: notice)
        let question = AvailabilityQuestion(
            .service(service), window: Self.noon..<Self.noon + 3_600, now: Self.noon)
        let answer = try await board.answers(question, for: [salon], scope: .marketplace).answers[0]
        if let expected { #expect(answer == expected) } else { #expect(answer.start == Self.noon) }
    }

    @Test func `a gap between two shifts is closed, however it is looked at`() async throws {
        let service = SalonService(id: ServiceID(UUID()), name: "Klip", category: .haircut, duration: 60)
        let member = StaffMember(
            id: StaffID(UUID()), name: "Anna", epoch: 1, skills: [service.id: Skill()],
            hours: (1...7).flatMap {
                [
                    WorkingHours(weekday: $0, start: 480, end: 745), WorkingHours(weekday: $0, start: 785, end: 1_080),
                ]
            })
        let roster = Roster(
            salon: SalonID(UUID()), tenant: TenantID(UUID()), revision: 1, zone: .gmt,
            holidays: HolidayCalendar.of(country: "DK"), openingHours: nil, services: [service], staff: [member])
        // Taken before and after the gap of 12:25 to 13:05.
        let source = MadeUpSource(
            rosters: [roster.salon: roster], busy: [member.id: [Self.noon - 7_200..<Self.noon + 7_200]])
        let board = AvailabilityBoard(source: source, cache: nil)
        func answer(_ minutes: Range<Double>, party: Int = 1) async throws -> SalonAnswer {
            let question = AvailabilityQuestion(
                .service(service.id), window: Self.noon + minutes.lowerBound * 60..<Self.noon + minutes.upperBound * 60,
                now: Self.noon - 3_600, party: party)
            return try await board.answers(question, for: [roster.salon], scope: .marketplace).answers[0]
        }
        #expect(try await answer(0..<60) == .closed)
        #expect(try await answer(0..<75) == .full)
        #expect(try await answer(-60..<0) == .full)
        #expect(try await answer(0..<120, party: 2) == .noSuchService)
    }

    @Test func `tell a salon that lacks the service from one that has no calendar`() async throws {
        let (board, salon, _) = Self.board(hours: 8...20, busy: [])
        func answer(_ wish: AvailabilityQuestion.Wish, staff: StaffID? = nil, _ salon: SalonID) async throws
            -> SalonAnswer
        {
            let question = AvailabilityQuestion(
                wish, staff: staff, window: Self.noon..<Self.noon + 3_600, now: Self.noon)
            return try await board.answers(question, for: [salon], scope: .marketplace).answers[0]
        }
        #expect(try await answer(.category(.colour), salon) == .noSuchService)
        #expect(try await answer(.anything, staff: StaffID(UUID()), salon) == .noSuchService)
        #expect(try await answer(.anything, SalonID(UUID())) == .noCalendar)
        #expect(try await answer(.anything, salon).start == Self.noon)
    }

    @Test func `give the way to the salon its time`() async throws {
        let (board, salon, _) = Self.board(hours: 8...20, busy: [])
        let question = AvailabilityQuestion(window: Self.noon..<Self.noon + 3_600, now: Self.noon)
        for (notice, expected) in [(0, 0), (1, 15), (15, 15), (16, 30), (46, nil)] as [(Int, Int?)] {
            let answer = try await board.answers(
                question, for: [salon], extraNotice: [notice], scope: .marketplace
            ).answers[0]
            #expect(answer.start == expected.map { Self.noon + Double($0) * 60 })
        }
    }
}
