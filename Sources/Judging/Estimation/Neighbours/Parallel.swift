// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Synchronization

/// Calls `body` for consecutive blocks that cover 0 ..< `count`, on at most `threads` threads, and waits.
///
/// Which thread takes which block is left to chance, so `body` must write only what belongs to its block.
func forEachBlock(of count: Int, size: Int, threads: Int, _ body: (Range<Int>) -> Void) {
  let blocks = (count + size - 1) / size
  let workers = min(threads, blocks)
  guard workers > 1 else {
    if count > 0 { body(0..<count) }
    return
  }
  let next = Atomic<Int>(0)
  withoutActuallyEscaping(body) { body in
    // The threads end before this function does, and blocks are disjoint.
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard block < blocks else { return }
        body(block * size..<min(count, (block + 1) * size))
      }
    }
  }
}
