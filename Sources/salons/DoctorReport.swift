/// Prints one line a check as it is made.
struct DoctorReport {
    private(set) var problems = 0

    mutating func good(_ title: String, _ text: String) {
        print("ok    \(title): \(text)")
    }

    mutating func note(_ title: String, _ text: String) {
        print("note  \(title): \(text)")
    }

    mutating func bad(_ title: String, _ text: String, mend: String) {
        problems += 1
        print("BAD   \(title): \(text)")
        print("      mend: \(mend)")
    }

    func finish() {
        print(problems == 0 ? "Nothing is wrong." : "\(problems) \(problems == 1 ? "thing is" : "things are") wrong.")
    }
}
