import Salons
import Scheduling

/// One thing that invented salons offer.
struct DemoService {
    let category: ServiceCategory
    let danish: String
    let english: String
    /// Of the service itself, then the time for cleaning and mixing around it.
    let minutes: Int
    let before: Int
    let after: Int
    /// What it costs in an ordinary salon; nil where the price is agreed.
    let kroner: Int?

    init(
        _ category: ServiceCategory, _ danish: String, _ english: String, _ minutes: Int, before: Int = 0,
        after: Int = 0, _ kroner: Int?
    ) {
        self.category = category
        self.danish = danish
        self.english = english
        self.minutes = minutes
        self.before = before
        self.after = after
        self.kroner = kroner
    }

    /// What a salon of a category offers, what most people come for first.
    static func offered(by category: Salons.Category) -> [DemoService] {
        switch category {
        case .hair:
            [
                DemoService(.haircut, "Dameklip", "Haircut", 45, 449),
                DemoService(.mensHaircut, "Herreklip", "Men's haircut", 30, 319),
                DemoService(.childrensHaircut, "Børneklip", "Children's haircut", 30, 249),
                DemoService(.colour, "Farve", "Colour", 90, after: 15, 899),
                DemoService(.blowDry, "Føntørring", "Blow-dry", 30, 299),
                DemoService(.highlights, "Striber", "Highlights", 120, after: 15, 1_299),
                DemoService(.updo, "Håropsætning", "Updo", 60, 699),
            ]
        case .barber:
            [
                DemoService(.mensHaircut, "Herreklip", "Men's haircut", 30, 269),
                DemoService(.beardTrim, "Skægtrim", "Beard trim", 20, 179),
                DemoService(.shave, "Barbering", "Shave", 30, after: 5, 229),
            ]
        case .beauty:
            [
                DemoService(.facial, "Ansigtsbehandling", "Facial", 60, after: 15, 649),
                DemoService(.brows, "Bryn", "Brows", 30, 249),
                DemoService(.waxing, "Voks", "Waxing", 30, after: 5, 299),
            ]
        case .nails:
            [
                DemoService(.manicure, "Manicure", "Manicure", 45, after: 5, 349),
                DemoService(.nailExtensions, "Kunstige negle", "Nail extensions", 90, after: 10, 549),
                DemoService(.pedicure, "Pedicure", "Pedicure", 60, after: 10, 449),
            ]
        case .massage:
            [
                DemoService(.massage, "Massage, en time", "Massage, one hour", 60, after: 15, 599),
                DemoService(.massage, "Massage, en halv time", "Massage, half an hour", 30, after: 15, 349),
            ]
        case .spa: [DemoService(.spa, "Spaophold", "Spa visit", 120, before: 15, after: 15, 1_199)]
        case .tattoo:
            [
                DemoService(.consultation, "Samtale om tatovering", "Tattoo consultation", 30, nil),
                DemoService(.tattoo, "Tatovering, lille", "Small tattoo", 90, before: 15, after: 15, 1_400),
                DemoService(.tattoo, "Tatovering, stor", "Large tattoo", 240, before: 15, after: 30, 3_600),
            ]
        case .tanning: [DemoService(.tanning, "Sol", "Tanning", 20, after: 10, 99)]
        case .footCare: [DemoService(.footCare, "Fodpleje", "Foot care", 45, after: 10, 425)]
        case .hairRemoval:
            [
                DemoService(.waxing, "Voks, ben", "Waxing, legs", 45, after: 5, 399),
                DemoService(.laser, "Laser", "Laser", 45, after: 10, 899),
            ]
        case .makeup: [DemoService(.makeup, "Makeup", "Make-up", 60, after: 10, 599)]
        case .piercing: [DemoService(.piercing, "Piercing", "Piercing", 20, before: 5, after: 10, 399)]
        case .lashes:
            [
                DemoService(.lashes, "Vipper", "Lashes", 75, after: 10, 549),
                DemoService(.lashes, "Vipper, opfyldning", "Lash refill", 45, after: 5, 349),
            ]
        case .cosmetics: [DemoService(.consultation, "Hudkonsultation", "Skin consultation", 30, nil)]
        case .wellness: [DemoService(.spa, "Velvære", "Wellness", 90, after: 15, 749)]
        }
    }
}
