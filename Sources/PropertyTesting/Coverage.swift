// SPDX-License-Identifier: MIT

/// The counters of the places in the program that were reached, where it was built to have them:
/// `swift test --sanitize address -Xswiftc -sanitize-coverage=edge,inline-8bit-counters`.
enum Coverage {
  nonisolated(unsafe) fileprivate static var start: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) fileprivate static var count = 0

  /// Whether there are counters.
  static var isThere: Bool { start != nil && count > 0 }

  /// Forgets what was reached.
  static func reset() { start?.update(repeating: 0, count: count) }

  /// Calls `body` with each place that was reached, and about how often: the bit of a power of two.
  static func forEachReached(_ body: (Int, UInt8) -> Void) {
    guard let start else { return }
    // Most places are not reached: eight are passed over at a time.
    let raw = UnsafeRawPointer(start)
    var place = 0
    while place < count {
      if place + 8 <= count, raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) == 0 {
        place += 8
        continue
      }
      let times = start[place]
      if times > 0 { body(place, UInt8(1 << (7 - times.leadingZeroBitCount))) }
      place += 1
    }
  }
}

/// Called by a program with counters when it starts.
@_cdecl("__sanitizer_cov_8bit_counters_init")
func coverageCountersBegin(_ start: UnsafeMutablePointer<UInt8>, _ stop: UnsafeMutablePointer<UInt8>) {
  // The largest image is the one of the tests; others have none or few.
  guard stop - start > Coverage.count else { return }
  (Coverage.start, Coverage.count) = (start, stop - start)
}

/// The cases of a search that reached something new, to be changed further.
///
/// One search at a time: the counters are those of the process.
final class CoverageGuide: @unchecked Sendable {
  private var seen: [UInt8] = []
  private(set) var corpus: [ChoiceTape] = []

  /// Nil where the program has no counters.
  init?() {
    guard Coverage.isThere else { return nil }
    seen = [UInt8](repeating: 0, count: Coverage.count)
  }

  /// Keeps the case that ran since ``Coverage/reset()`` if it reached a place, or as often, as none before.
  func offer(_ tape: ChoiceTape) {
    var isNew = false
    seen.withUnsafeMutableBufferPointer { seen in
      Coverage.forEachReached { place, often in
        isNew = isNew || seen[place] & often == 0
        seen[place] |= often
      }
    }
    if isNew { corpus.append(tape) }
  }

  /// A change of a kept case, the latest more often.
  func change(_ random: inout RandomSource) -> ChoiceTape? {
    guard !corpus.isEmpty else { return nil }
    let back = min(random.integer(in: 0...(corpus.count - 1)), random.integer(in: 0...(corpus.count - 1)))
    let parent = corpus[corpus.count - 1 - back]
    let donor = random.element(of: corpus)
    let values = parent.mutated(with: donor, &random)
    return ChoiceTape(values, then: RandomSource(seed: random.next(), index: 0))
  }
}
