/// One figure that the service shows in `/metrics`: gathered from the modules at the moment of asking, so that no
/// module need know of Prometheus.
public struct Metric: Sendable {
    /// How Prometheus is to read the figure.
    public enum Kind: String, Sendable {
        case counter
        case gauge
    }

    /// Name with its unit, `salons_...`.
    public var name: String
    /// How to read it.
    public var kind: Kind
    /// What it counts, one sentence.
    public var help: String
    /// Labels, already bounded in number.
    public var labels: [(String, String)]
    /// The figure now.
    public var value: Double

    /// Names a figure.
    public init(_ name: String, _ kind: Kind, _ help: String, labels: [(String, String)] = [], value: Double) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
        self.value = value
    }

    /// The exposition format of many figures; those of one name must follow each other.
    static func write(_ metrics: [Metric], to output: inout String) {
        var last = ""
        for metric in metrics {
            if metric.name != last {
                output += "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
                last = metric.name
            }
            let labels = metric.labels.map { "\($0.0)=\"\(escape($0.1))\"" }.joined(separator: ",")
            output += labels.isEmpty ? metric.name : "\(metric.name){\(labels)}"
            output += " \(metric.value)\n"
        }
    }

    private static func escape(_ text: String) -> String {
        var output = ""
        for character in text {
            switch character {
            case "\\": output += "\\\\"
            case "\"": output += "\\\""
            case "\n": output += "\\n"
            default: output.append(character)
            }
        }
        return output
    }
}
