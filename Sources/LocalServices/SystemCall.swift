import Foundation

/// The text of an `errno`.
func message(of number: Int32) -> String {
    String(cString: strerror(number))
}

/// Throws the current `errno` unless `result` is zero or more; returns `result`.
@discardableResult
func check(_ operation: @autoclosure () -> String, _ result: Int32) throws(LocalServicesError) -> Int32 {
    let number = errno
    guard result >= 0 else { throw .system(operation: operation(), number: number) }
    return result
}

/// Runs `body`, which blocks, on a thread of its own kind, so that no thread of the cooperative pool waits.
func blocking<Value: Sendable>(
    _ body: @escaping @Sendable () throws(LocalServicesError) -> Value
) async throws(LocalServicesError) -> Value {
    let result: Result<Value, LocalServicesError> = await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            do throws(LocalServicesError) {
                continuation.resume(returning: .success(try body()))
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }
    return try result.get()
}
