// SPDX-License-Identifier: GPL-3.0-or-later

/// A line that says how far something is: a bar, how much of how many is done, and about how long the rest takes.
///
/// It counts what is done and not what has begun, and knows no clock: whoever draws it says how much time went by.
public struct ProgressLine: Sendable {
  /// What is counted, as in "trials".
  public let unit: String
  /// How many there are; nil where time alone ends it.
  public let total: Int?
  /// How long it takes at most; nil without such a limit.
  public let limit: Duration?

  /// A line about `total` things called `unit`, which end after `limit` at the latest.
  public init(unit: String, total: Int? = nil, limit: Duration? = nil) {
    (self.unit, self.total, self.limit) = (unit, total, limit)
  }

  /// The share that is done or whose time is over, 0 … 1; nil where nothing tells.
  ///
  /// - Parameter part: what is done of those under way, as a number of them.
  public func share(done: Int, part: Double = 0, after elapsed: Duration) -> Double? {
    let shares = [total.map { (Double(done) + part) / Double(max(1, $0)) }, limit.map { elapsed / $0 }].compactMap {
      $0
    }
    return shares.max().map { min(1, max(0, $0)) }
  }

  /// About how long the rest takes, at the speed so far; nil within the first second, and where nothing is done yet.
  public func timeLeft(done: Int, part: Double = 0, after elapsed: Duration) -> Duration? {
    let bySpeed: Duration? = total.flatMap { total in
      let sum = Double(done) + part
      guard sum > 0, elapsed >= .seconds(1) else { return nil }
      return elapsed * (max(0, Double(total) - sum) / sum)
    }
    let byLimit = limit.map { max(.zero, $0 - elapsed) }
    return [bySpeed, byLimit].compactMap { $0 }.min()
  }

  /// The line, at most 80 columns wide.
  public func text(done: Int, part: Double = 0, after elapsed: Duration) -> String {
    let filled = share(done: done, part: part, after: elapsed).map { Int($0 * 30) }
    let bar = filled.map { String(repeating: "█", count: $0) + String(repeating: "░", count: 30 - $0) + " " } ?? ""
    let count = total.map { "\(grouped(done)) of \(grouped($0)) \(unit)" } ?? "\(grouped(done)) \(unit)"
    if let left = timeLeft(done: done, part: part, after: elapsed) {
      return bar + count + ", \(ProgressLine.words(left)) left"
    }
    // Where nothing tells how long it takes, that time goes by shows that it goes on.
    return bar + count + (elapsed >= .seconds(1) ? ", \(ProgressLine.words(elapsed)) so far" : "")
  }

  /// "40 s", "3 min", "2 h 10 min", rounded up: nothing is left only at the end.
  public static func words(_ duration: Duration) -> String {
    let seconds = Int((duration / .seconds(1)).rounded(.up))
    if seconds < 60 { return "\(seconds) s" }
    let minutes = (seconds + 59) / 60
    if minutes < 60 { return "\(minutes) min" }
    return "\(minutes / 60) h\(minutes % 60 == 0 ? "" : " \(minutes % 60) min")"
  }
}
