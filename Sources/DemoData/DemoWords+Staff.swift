extension DemoWords {
    /// Surname of everyone who is invented.
    static let surname = "Demo"

    static let firstNames = [
        "Alma", "Anton", "Asta", "August", "Bo", "Camilla", "Carl", "Dagny", "Ebbe", "Ella", "Emil", "Frida", "Gry",
        "Hannah", "Ida", "Johan", "Karla", "Kaja", "Lea", "Liv", "Magnus", "Maja", "Naja", "Nora", "Oskar", "Pil",
        "Rikke", "Selma", "Sofus", "Tilde", "Uffe", "Vera", "Villads", "Ylva", "Aage", "Ørn",
    ]

    /// Why time is taken without a customer.
    static let blocks = ["Rengøring", "Varemodtagelse", "Møde", "Kursus", "Oprydning"]
}
