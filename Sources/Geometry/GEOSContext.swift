import CGEOS
import Geodesy

/// Owns a GEOS context, which is not thread-safe, and makes geometries in it.
///
/// The axis order changes here: GEOS takes x = longitude, y = latitude.
struct GEOSContext: ~Copyable {
    let raw: OpaquePointer
    private let messages = Messages()

    /// Where the context leaves the text of its last error; the context holds its address, this struct keeps it alive.
    private final class Messages {
        var last = "no message"
    }

    init() throws(GeometryError) {
        guard let raw = GEOS_init_r() else { throw .geos(message: "no context") }
        self.raw = raw
        let handler: GEOSMessageHandler_r = { text, messages in
            guard let text, let messages else { return }
            Unmanaged<Messages>.fromOpaque(messages).takeUnretainedValue().last = String(cString: text)
        }
        GEOSContext_setErrorMessageHandler_r(raw, handler, Unmanaged.passUnretained(messages).toOpaque())
    }

    deinit {
        GEOS_finish_r(raw)
    }

    var error: GeometryError { .geos(message: messages.last) }

    func requireValid(_ polygons: [Polygon]) throws(GeometryError) {
        let shape = try multiPolygon(polygons)
        defer { GEOSGeom_destroy_r(raw, shape) }
        switch GEOSisValid_r(raw, shape) {
        case 1: return
        case 0: break
        default: throw error
        }
        guard let reason = GEOSisValidReason_r(raw, shape) else { throw error }
        defer { GEOSFree_r(raw, reason) }
        throw .invalid(reason: String(cString: reason))
    }
}
