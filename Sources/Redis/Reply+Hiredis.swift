import CHiredis

extension Reply {
    /// Copies hiredis's tree, which its reader bounds to seven levels; `nil` for a type that RESP2 does not have.
    init?(copying reply: UnsafePointer<redisReply>) {
        let reply = reply.pointee
        switch reply.type {
        case REDIS_REPLY_NIL: self = .null
        case REDIS_REPLY_STATUS: self = .status(String(decoding: reply.content, as: UTF8.self))
        case REDIS_REPLY_ERROR: self = .error(String(decoding: reply.content, as: UTF8.self))
        case REDIS_REPLY_STRING: self = .bulk(Array(reply.content))
        case REDIS_REPLY_INTEGER: self = .integer(reply.integer)
        case REDIS_REPLY_ARRAY:
            var elements: [Reply] = []
            elements.reserveCapacity(reply.elements)
            for index in 0..<reply.elements {
                guard let element = reply.element[index], let copy = Reply(copying: element) else { return nil }
                elements.append(copy)
            }
            self = .array(elements)
        default: return nil
        }
    }
}

extension redisReply {
    fileprivate var content: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: str, count: len) }
}
