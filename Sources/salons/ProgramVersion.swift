/// What `salons --version` says.
enum ProgramVersion {
    /// The version of the contract that the program serves, which is the one that its users depend on.
    static let text = "1.0.0"
}
