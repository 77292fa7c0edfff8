// SPDX-License-Identifier: MIT

import CCoverageCounters
import PropertyTesting
import Synchronization

/// The counters that the compiler puts into a program, at its branches and comparisons.
///
/// They are there where code is compiled with `-sanitize=fuzzer -sanitize-coverage=edge,trace-pc-guard,trace-cmp`. Only what the thread
/// of a case runs counts: other tests may run at the same time.
public final class CoverageCounters: CoverageProbe {
  // Unchecked: a record is in `free` or with the one thread that took it from there, never with two.
  private struct Record: @unchecked Sendable {
    let memory: OpaquePointer
  }

  private let free = Mutex<[Record]>([])

  /// The number of places that are counted; 0 where nothing was compiled so.
  public static var places: Int { Int(coverage_places()) }

  /// The counters; nil where nothing was compiled with them.
  public init?() {
    if CoverageCounters.places == 0 { return nil }
  }

  deinit { free.withLock { for record in $0 { coverage_free(record.memory) } } }

  /// Runs `body`, and tells what of the counted code it reached on this thread, and what was compared there and not equal.
  public func reached(by body: () -> Void) -> Reached {
    guard let record = free.withLock({ $0.popLast() }) ?? coverage_make().map({ Record(memory: $0) }) else {
      body()
      return Reached()
    }
    defer { free.withLock { $0.append(record) } }
    let earlier = coverage_begin(record.memory)
    body()
    coverage_end(earlier)
    let places = (0..<coverage_reached(record.memory)).map { index in
      Reached.Place(
        Int(coverage_place(record.memory, index)), times: Int(coverage_times(record.memory, index)))
    }
    let comparisons = (0..<coverage_comparisons(record.memory)).map { index in
      let pair = coverage_compared(record.memory, index)
      return Reached.Comparison(Int(truncatingIfNeeded: pair.a), Int(truncatingIfNeeded: pair.b))
    }
    return Reached(places: places, comparisons: comparisons)
  }
}
