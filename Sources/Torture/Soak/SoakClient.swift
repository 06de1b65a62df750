import Foundation
import JSON
import SeededRandom

/// A customer who searches, looks at times, holds, books, moves and gives back, over and over.
struct SoakClient {
    private let wire: WireClient
    private var random: SplitMix64
    private var salons: [String] = []
    private let number: Int
    private var written = 0
    /// Told the status of each answer, 0 for none.
    private let tell: (Int) -> Void

    init(number: Int, seed: UInt64, port: UInt16, tell: @escaping (Int) -> Void) {
        self.number = number
        self.tell = tell
        wire = WireClient(port: port)
        random = SplitMix64(seed: seed &* 1_000_003 &+ UInt64(number))
    }

    mutating func act() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<45: search("/v1/salons/nearby?\(place())&limit=20")
        case 45..<50: search("/v1/salons/nearby?\(place())&radius_m=30000&sort=rating&limit=10")
        case 50..<75: search("/v1/salons/available?\(place())&service=haircut&within_min=1440")
        case 75..<80: search("/v1/salons/available?\(place())&service=haircut&within_min=1440&consistency=strong")
        case 80..<88: look()
        case 88..<98: book()
        case 98: _ = ask("GET", "/metrics")
        default: _ = ask("GET", "/v1/salons/nearby?lat=nowhere")
        }
    }

    /// Somewhere in Denmark.
    private mutating func place() -> String {
        let latitude = Double.random(in: 55.3...56.6, using: &random)
        let longitude = Double.random(in: 9.0...12.6, using: &random)
        return "lat=\(String(format: "%.4f", latitude))&lon=\(String(format: "%.4f", longitude))"
    }

    private mutating func search(_ target: String) {
        guard let answer = ask("GET", target), answer.status == 200 else { return }
        let found = (answer.json["salons"]?.array ?? []).compactMap { $0["id"]?.string }
        if !found.isEmpty { salons = found }
    }

    private mutating func look() {
        guard let salon = salons.randomElement(using: &random) else { return }
        _ = ask("GET", "/v1/salons/\(salon)")
        _ = ask("GET", "/v1/salons/\(salon)/services")
        _ = ask("GET", "/v1/salons/\(salon)/slots?service=haircut")
    }

    private mutating func book() {
        guard let salon = salons.randomElement(using: &random),
            let answer = ask("GET", "/v1/salons/\(salon)/slots?service=haircut"), answer.status == 200,
            let slot = answer.json["slots"]?.array?.randomElement(using: &random),
            let service = slot["service"]?.string, let start = slot["start"]?.string
        else { return }
        let held = ask(
            "POST", "/v1/holds", body: #"{"salon":"\#(salon)","service":"\#(service)","start":"\#(start)"}"#, key: key()
        )
        guard let hold = held?.json["id"]?.string, held?.status == 201 else { return }
        let booked = ask(
            "POST", "/v1/bookings",
            body: #"{"hold":"\#(hold)","customer":{"name":"Soak","email":"soak@example.com"}}"#, key: key())
        guard let booking = booked?.json["id"]?.string, booked?.status == 201 else { return }
        _ = ask("GET", "/v1/bookings/\(booking)")
        _ = ask("PATCH", "/v1/bookings/\(booking)", body: #"{"start":"\#(start)"}"#, key: key())
        // Nearly all are given back, so that there are free times for as long as the run lasts.
        if Int.random(in: 0..<20, using: &random) > 0 { _ = ask("DELETE", "/v1/bookings/\(booking)", key: key()) }
    }

    private mutating func key() -> String {
        written += 1
        return "soak-\(number)-\(written)-\(random.next())"
    }

    private func ask(_ method: String, _ target: String, body: String? = nil, key: String? = nil) -> WireClient.Answer?
    {
        let answer = wire.ask(method, target, body: body, key: key)
        tell(answer?.status ?? 0)
        return answer
    }
}
