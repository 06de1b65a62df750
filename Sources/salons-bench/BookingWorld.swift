import Foundation
import LocalServices
import Migrations
import Postgres
import Tenancy

/// Bookable salons in a database of this run, with identifiers that a load script can write down: salon n has one
/// person who works around the clock and one service of half an hour.
struct BookingWorld: Sendable {
    let postgres: LocalPostgres
    let database: ScopedDatabase
    let salons: Int

    static let tenant = "11111111-1111-4111-8111-111111111111"
    /// What stands before the number of a salon, a service and a person, which is twelve digits.
    static let salonPrefix = "22222222-2222-4222-8222-"
    static let servicePrefix = "33333333-3333-4333-8333-"
    static let staffPrefix = "44444444-4444-4444-8444-"

    init(salons: Int, scratch: Scratch) async throws {
        self.salons = salons
        postgres = try await LocalPostgres.start(
            directory: "\(scratch.path)/postgres-booking", options: .durable, logger: quietLogger("postgres"))
        try await DatabaseSetup.createIfMissing("salons", at: postgres.url(database: "postgres"))
        var configuration = try Postgres.Configuration(postgres.url(database: "salons"))
        configuration.poolSize = 32
        _ = try await Migrator(
            directory: MigrationsDirectory.find(), configuration: configuration, logger: quietLogger("migrations")
        ).migrate()
        let connection = try await Connection.connect(configuration)
        try await Self.fill(connection, salons)
        await connection.close()
        database = ScopedDatabase(configuration, logger: quietLogger("database"))
    }

    func stop() async {
        await database.shutdown()
        await postgres.stop()
    }

    private static func fill(_ connection: isolated Connection, _ salons: Int) throws {
        func id(_ prefix: String) -> String { "('\(prefix)' || lpad(n::text, 12, '0'))::uuid" }
        let (salon, service, staff) = (id(salonPrefix), id(servicePrefix), id(staffPrefix))
        let numbers = "generate_series(1, \(salons)) AS n"
        try connection.executeScript(
            unsafe: """
                INSERT INTO tenant (tenant_id, slug, name, country)
                VALUES ('\(tenant)', 'opdigtet-bench', 'Opdigtet bench', 'DK');
                INSERT INTO salon (tenant_id, salon_id, name, latitude, longitude, time_zone, categories, source, source_ref)
                SELECT '\(tenant)', \(salon), 'Opdigtet salon ' || n, 55.4 + random() * 0.6, 11.8 + random() * 0.8,
                    'Europe/Copenhagen', '{hair}', 'bench', n::text FROM \(numbers);
                INSERT INTO calendar (tenant_id, salon_id, closed_on_holidays, is_invented)
                SELECT '\(tenant)', \(salon), false, true FROM \(numbers);
                INSERT INTO service (tenant_id, salon_id, service_id, name, category, duration, price_amount,
                    price_currency, horizon)
                SELECT '\(tenant)', \(salon), \(service), 'Klip', 'haircut', 30, 29900, 'DKK', 365 FROM \(numbers);
                INSERT INTO staff (tenant_id, salon_id, staff_id, name)
                SELECT '\(tenant)', \(salon), \(staff), 'Opdigtet person ' || n FROM \(numbers);
                INSERT INTO staff_service (tenant_id, salon_id, staff_id, service_id)
                SELECT '\(tenant)', \(salon), \(staff), \(service) FROM \(numbers);
                INSERT INTO working_hours (tenant_id, salon_id, staff_id, weekday, start_minute, end_minute)
                SELECT '\(tenant)', \(salon), \(staff), weekday, 0, 1440 FROM \(numbers), generate_series(1, 7) AS weekday;
                UPDATE calendar SET revision = 1;
                """)
        try connection.executeScript(unsafe: "VACUUM ANALYZE")
    }

    /// A function call as the module makes it, in one round trip, for a random salon and half hour from `firstDay` on.
    func pgbenchScript(firstDay: Int) -> String {
        let staff = "('\(Self.staffPrefix)' || lpad((:n)::text, 12, '0'))::uuid"
        let start = "date_trunc('day', now()) + interval '\(firstDay) days' + :slot * interval '30 min'"
        return """
            \\set n random(1, \(salons))
            \\set slot random(0, 4799)
            \\set key random(1, 1000000000000000)
            SELECT set_config('role', 'salons_tenant', true), set_config('app.tenant_id', '\(Self.tenant)', true) \\; \
            SELECT reserve('p' || :key, '\\x00', true, ('\(Self.salonPrefix)' || lpad((:n)::text, 12, '0'))::uuid, 1, NULL, \
            NULL, ARRAY[gen_random_uuid()], NULL, ARRAY[0], ARRAY[0], ARRAY[\(staff)], \
            ARRAY[('\(Self.servicePrefix)' || lpad((:n)::text, 12, '0'))::uuid], \
            ARRAY[tstzrange(\(start), \(start) + interval '30 min')], ARRAY[\(start)], \
            ARRAY[\(start) + interval '30 min'], ARRAY[29900], ARRAY['DKK'], ARRAY[\(start)], 'Bench', \
            'bench@example.com', NULL);
            """
    }

    /// A script for wrk that books random half hours at random salons in a range; who is refused is counted by wrk.
    func wrkScript(salons: ClosedRange<Int>, firstDay: Int, days: Int) -> String {
        let midnight = Date(timeIntervalSince1970: (Date.now.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
        let base = Int(midnight.timeIntervalSince1970) + firstDay * 86_400
        return """
            local number = 0
            local thread = 0
            function setup(t) thread = thread + 1; t:set("id", thread) end
            function init(args) math.randomseed(os.time() * 31 + id * 7919 + \(Int.random(in: 1...1_000_000))) end
            function request()
                number = number + 1
                local n = math.random(\(salons.lowerBound), \(salons.upperBound))
                local start = \(base) + math.random(0, \(days * 48 - 1)) * 1800
                local body = string.format('{"salon":"\(Self.salonPrefix)%012d","service":"\(Self.servicePrefix)%012d",' ..
                    '"staff":"\(Self.staffPrefix)%012d","start":"%s",' ..
                    '"customer":{"name":"Bench","email":"bench@example.com"}}',
                    n, n, n, os.date("!%Y-%m-%dT%H:%M:%SZ", start))
                return wrk.format("POST", "/v1/bookings", {
                    ["Content-Type"] = "application/json",
                    ["Idempotency-Key"] = string.format("w%d-%d-%d", id, number, math.random(1, 2000000000))
                }, body)
            end
            """
    }
}
