import Migrations

extension DatabaseFacts {
    /// One line for each fact that matters, with what to do.
    func report(to report: inout DoctorReport) {
        let version = "\(serverVersion / 10_000).\(serverVersion % 10_000)"
        if serverVersion >= 150_000 {
            report.good("PostgreSQL", "version \(version)")
        } else {
            report.bad("PostgreSQL", "version \(version) is too old", mend: "use PostgreSQL 15 or newer")
        }
        switch (postgis, availablePostGIS) {
        case (let version?, _): report.good("PostGIS", "version \(version)")
        case (nil, let version?):
            report.note("PostGIS", "version \(version) is available; `salons migrate` installs it")
        case (nil, nil):
            report.bad("PostGIS", "not available", mend: "sudo apt-get install postgresql-15-postgis-3")
        }
        if isSuperuser {
            report.note(
                "login", "is a superuser; in production give the service a login that is a member of salons_app")
        }
        if synchronousCommit == "off" {
            report.bad(
                "synchronous_commit", "is off: acknowledged changes can be lost in a crash",
                mend: "ALTER SYSTEM SET synchronous_commit = on")
        }
    }
}
