// swift-tools-version: 6.2
import PackageDescription

/// One array for every Swift target, so that no module is held to a laxer rule than its neighbour.
let swiftSettings: [SwiftSetting] = [
    // SE-0335: an existential says `any`, so that its cost is seen.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0444: a member is visible only where its module is imported.
    .enableUpcomingFeature("MemberImportVisibility"),
    // SE-0409: an import is internal unless it is said to be public.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0461: a nonisolated async function stays on its caller's executor.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // SE-0443 and SE-0480: a warning ends the build.
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let atomics = Target.Dependency.product(name: "Atomics", package: "swift-atomics")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")

/// A library target in `Sources/<name>`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// A test target in `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: swiftSettings)
}

let package = Package(
    name: "salon-discovery",
    products: [
        .executable(name: "salons", targets: ["salons"]),
        .executable(name: "salons-bench", targets: ["salons-bench"]),
        .executable(name: "salons-torture", targets: ["salons-torture"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-atomics", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries from Debian: module maps, link lines and shims, no logic.
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq"),
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "CGEOS"),
        .systemLibrary(name: "CPROJ"),
        .target(name: "CPrefetch"),
        .target(name: "CTimeZoneMap", exclude: ["zones.bin"]),

        // What knows nothing of salons.
        module("SeededRandom"),
        module("DataEncodings"),
        module("JSON", ["DataEncodings"]),
        module("Geodesy", ["CPROJ"]),
        module("Geometry", ["Geodesy", "CPROJ", "CGEOS"]),
        module("OpeningHours"),
        module("Timing"),
        module("TimeZones", ["Geodesy", "CTimeZoneMap"]),
        module("Postgres", ["Timing", "Geodesy", "CPostgres", lifecycle, logging]),
        module("Redis", ["CHiredis", lifecycle, logging]),
        module("LocalServices", [logging]),
        module("Progress"),

        // The domain and its services: rules, and ports named as protocols; no SQL.
        module("Salons", ["Geodesy"]),
        module("Scheduling", ["Salons", "OpeningHours"]),
        module("Tenancy", ["Salons", "Redis", "Postgres", "Timing", "DataEncodings", crypto, lifecycle, logging]),
        module("Events", ["Tenancy", "Salons", "Postgres", "Timing", "JSON", lifecycle, logging]),
        module("Jobs", ["Tenancy", "Salons", "Postgres", "Timing", "JSON", lifecycle, logging]),
        module(
            "Directory",
            ["Salons", "OpeningHours", "Geometry", "Geodesy", "JSON", "CPrefetch", atomics, lifecycle, logging]),
        module("DemoData", ["Scheduling", "Salons", "OpeningHours", "Geodesy", "SeededRandom"]),

        // The capabilities: rules, and in `Store/` the SQL of the tables that they own.
        module("Migrations", ["Postgres", "DataEncodings", crypto, logging]),
        module("Audit", ["Events", "Tenancy", "Postgres", "DataEncodings", crypto]),
        module(
            "Calendars",
            ["Events", "Tenancy", "Scheduling", "Salons", "Postgres", "OpeningHours", logging]),
        module(
            "Catalogue",
            ["Directory", "Events", "Tenancy", "Salons", "Postgres", "OpeningHours", "Geometry", "Geodesy", "JSON"]),
        module(
            "Importing",
            [
                "Catalogue", "Salons", "TimeZones", "OpeningHours", "Geometry", "Geodesy", "JSON", "DataEncodings",
                crypto,
            ]),
        module(
            "Reservations",
            [
                "Calendars", "Jobs", "Events", "Tenancy", "Scheduling", "Salons", "Postgres", "Timing", "JSON", crypto,
                logging,
            ]),
        module(
            "Availability",
            ["Calendars", "Events", "Tenancy", "Scheduling", "Salons", lifecycle, logging]),
        // Calendars as a file: what it says, how that differs from what is there, and the file of what is there.
        module("CalendarFiles", ["Calendars", "Scheduling", "Salons", "OpeningHours", "JSON"]),
        module(
            "Discovery",
            [
                "Availability", "Directory", "Tenancy", "Scheduling", "Salons", "Geodesy", "JSON", "DataEncodings",
                crypto,
            ]),

        // What every operation of HTTP has in common; knows no salon.
        module(
            "HTTPKit",
            [
                "Timing", "JSON", "DataEncodings", crypto, httpTypes, hummingbird, hummingbirdCore, lifecycle, logging,
                nioCore, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioPosix,
            ]),

        // The doors: the operations of one audience each.
        module("OperationsAPI", ["HTTPKit"]),
        module(
            "SearchAPI",
            [
                "HTTPKit", "Discovery", "Availability", "Directory", "Tenancy", "Scheduling", "Salons", "Timing",
                "Geometry", "Geodesy", "JSON",
            ]),
        module(
            "BookingAPI",
            [
                "HTTPKit", "Reservations", "Calendars", "Tenancy", "Scheduling", "Salons", "OpeningHours", "JSON",
                logging,
            ]),
        // All doors as one interface.
        module("Interface", ["BookingAPI", "SearchAPI", "OperationsAPI", "HTTPKit", "Discovery", "Tenancy", logging]),
        .executableTarget(
            name: "salons",
            dependencies: [
                "Interface", "BookingAPI", "OperationsAPI", "HTTPKit", "Discovery", "CalendarFiles", "Availability",
                "Reservations", "Importing", "Catalogue", "Calendars", "Audit", "Migrations", "DemoData", "Directory",
                "Jobs", "Events", "Tenancy", "Scheduling", "Salons", "Progress", "LocalServices", "Redis", "Postgres",
                "Timing", "OpeningHours", "Geodesy", "JSON", "DataEncodings", argumentParser, configuration, lifecycle,
                logging,
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "salons-bench",
            dependencies: [
                "Interface", "BookingAPI", "OperationsAPI", "HTTPKit", "Discovery", "Availability", "Reservations",
                "Catalogue", "Calendars", "Migrations", "DemoData", "Directory", "Events", "Tenancy", "Scheduling",
                "Salons", "Progress", "LocalServices", "Redis", "Postgres", "Timing", "OpeningHours", "Geodesy",
                argumentParser, logging,
            ],
            exclude: ["MEASURED.md"],
            swiftSettings: swiftSettings),

        // Reservations under fire: clients, a database that is killed, and a checker of all that happened.
        module(
            "Torture",
            [
                "Reservations", "Calendars", "Migrations", "Tenancy", "Scheduling", "Salons", "LocalServices",
                "Postgres", "Timing", "JSON", "SeededRandom", logging,
            ]),
        .executableTarget(
            name: "salons-torture", dependencies: ["Torture", "Progress", argumentParser, logging],
            swiftSettings: swiftSettings),

        // The tests' own harness: services, a migrated database, salons that can be booked, an open HTTP door.
        .target(
            name: "Harness",
            dependencies: [
                "Interface", "BookingAPI", "OperationsAPI", "HTTPKit", "Discovery", "Reservations", "Catalogue",
                "Calendars", "Migrations", "DemoData", "Directory", "Events", "Tenancy", "Scheduling", "Salons",
                "LocalServices", "Redis", "Postgres", "Timing", "Geometry", "Geodesy", "SeededRandom", lifecycle,
                logging,
            ],
            path: "Tests/Harness",
            swiftSettings: swiftSettings),
        tests("SeededRandom"),
        tests("DataEncodings"),
        tests("JSON", ["SeededRandom"]),
        tests("Events", ["Harness", "Tenancy", "Salons", "Postgres", logging]),
        tests("Jobs", ["Harness", "Tenancy", "Salons", "Postgres", "JSON", logging]),
        tests("Audit", ["Harness", "Events", "Tenancy", "Salons", "Postgres", logging]),
        tests("Geodesy", ["SeededRandom"]),
        tests("Timing", ["SeededRandom"]),
        tests("Geometry", ["Geodesy"]),
        // Reads its table of values from beside its sources.
        .testTarget(
            name: "OpeningHoursTests", dependencies: ["OpeningHours", "SeededRandom"], exclude: ["values.tsv"],
            swiftSettings: swiftSettings),
        tests("Postgres", ["Harness", "LocalServices", "Geodesy", logging]),
        tests("Migrations", ["Harness", "LocalServices", "Postgres"]),
        tests("TimeZones", ["Geodesy"]),
        tests("Redis", ["Harness", "SeededRandom"]),
        tests("LocalServices", ["Harness", logging]),
        tests("Progress"),
        tests("Salons", ["Geodesy"]),
        tests("Scheduling", ["Salons", "OpeningHours", "SeededRandom"]),
        tests(
            "Reservations",
            [
                "Harness", "Catalogue", "Calendars", "Migrations", "Events", "Tenancy", "Scheduling", "Salons",
                "LocalServices", "Postgres", "OpeningHours",
            ]),
        // Runs spin on the model of the protocol that stands beside it.
        .testTarget(name: "ReservationModelTests", exclude: ["reservation.pml"], swiftSettings: swiftSettings),
        tests(
            "Availability",
            [
                "Harness", "Reservations", "Catalogue", "Calendars", "Events", "Tenancy", "Scheduling", "Salons",
                "LocalServices", "Redis", "Postgres", "Timing", "OpeningHours", "SeededRandom",
            ]),
        tests("CalendarFiles", ["Calendars", "Scheduling", "Salons", "OpeningHours", "JSON", "SeededRandom"]),
        tests("Torture", ["Reservations", logging]),
        tests(
            "Directory",
            [
                "Harness", "Catalogue", "Events", "Salons", "OpeningHours", "Geometry", "Geodesy", "SeededRandom",
                logging,
            ]),
        tests(
            "Discovery",
            ["Directory", "Tenancy", "Salons", "Geodesy", crypto]),
        tests("DemoData", ["Scheduling", "Salons", "OpeningHours", "Geodesy"]),
        tests("Importing", ["Catalogue", "Salons", "Geodesy", "SeededRandom"]),
        tests(
            "Catalogue",
            [
                "Harness", "Discovery", "Migrations", "DemoData", "Directory", "Events", "Tenancy", "Salons",
                "LocalServices", "Redis", "Postgres", "OpeningHours", "Geometry", "Geodesy", "SeededRandom", logging,
            ]),
        // Laws over all operations, and the document as it is committed.
        .testTarget(
            name: "ContractTests", dependencies: ["Harness", "SearchAPI", "HTTPKit", "Tenancy", "Salons", "JSON"],
            exclude: ["openapi.json"], swiftSettings: swiftSettings),
        tests("HTTPKit", ["Harness", "Timing", "JSON", httpTypes, logging]),
        // Named apart from `SalonsTests`, which a file system without case would take for the same directory.
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "Harness", "salons", "HTTPKit", "CalendarFiles", "Reservations", "Importing", "Catalogue", "Calendars",
                "DemoData", "Tenancy", "Scheduling", "Salons", "Timing", "OpeningHours", argumentParser, logging,
            ],
            swiftSettings: swiftSettings),
        // Whole days of people through the program as it was built; the README's examples are among them.
        .testTarget(name: "StoryTests", dependencies: ["salons", "Harness", "Timing"], swiftSettings: swiftSettings),
        tests(
            "Interface",
            [
                "Harness", "HTTPKit", "Discovery", "Availability", "Reservations", "Catalogue", "Calendars",
                "Directory", "Events", "Tenancy", "Scheduling", "Salons", "LocalServices", "Redis", "Geodesy",
                "SeededRandom", lifecycle,
            ]),
    ]
)
