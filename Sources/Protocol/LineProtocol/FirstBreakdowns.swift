// SPDX-License-Identifier: GPL-3.0-or-later

/// The requests on which a program broke down before it had ever answered.
///
/// After a few of them each other operation gets one try, as one operation alone may be broken; a program that breaks down on
/// every one of them has not come to the point of answering.
struct FirstBreakdowns {
  private var blamed: Set<String> = []
  private var count = 0

  /// The program broke down on this request alone.
  mutating func blame(_ request: Request) {
    blamed.insert(request.operation)
    count += 1
  }

  /// Chooses the request that is asked next, the last one of `waiting`.
  ///
  /// - Returns: false where there is no more patience, and all operations have been tried.
  func chooseNext(of waiting: inout [Int], in requests: [Request], patience: Int) -> Bool {
    if count < patience { return true }
    guard let next = waiting.lastIndex(where: { !blamed.contains(requests[$0].operation) }) else { return false }
    waiting.append(waiting.remove(at: next))
    return true
  }
}
