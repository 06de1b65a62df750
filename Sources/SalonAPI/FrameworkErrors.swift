import Hummingbird

/// Turns the framework's own errors into problems before its router makes responses of them, which have no body.
struct FrameworkErrors: RouterMiddleware {
    let configuration: APIConfiguration

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: @concurrent (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            throw problem(for: error, request: request)
        }
    }

    private func problem(for error: any HTTPResponseError, request: Request) -> Problem {
        switch error.status {
        case .notFound:
            let methods = Route.of(path: request.uri.path[...]).methods
            guard methods.isEmpty || methods.contains(request.method.rawValue) else {
                return Problem(
                    kind: .methodNotAllowed, detail: "\(request.method) is not allowed here", allowed: methods)
            }
            return Problem(kind: .notFound, detail: "there is no such path; see /docs")
        case .contentTooLarge:
            return .bodyTooLarge(configuration)
        default:
            return error.status.kind == .clientError
                ? Problem(kind: .invalidRequest, detail: (error as? HTTPError)?.body) : Problem(kind: .internalError)
        }
    }
}
