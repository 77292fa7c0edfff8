// SPDX-License-Identifier: GPL-3.0-or-later
/// The k least distances seen so far, as a heap with the greatest of them on top.
struct NearestDistances {
  private let heap: UnsafeMutableBufferPointer<Double>

  /// Calls `body` with room for `k` ≥ 1 distances.
  static func with(_ k: Int, _ body: (NearestDistances) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: k) { body(NearestDistances(heap: $0)) }
  }

  /// Forgets all: k distances of ∞.
  func reset() { heap.initialize(repeating: .infinity) }

  /// The k-th least distance so far; ∞ before there are k.
  var greatest: Double { heap[0] }

  /// Takes those of eight distances that are below ``greatest``; NaN never is.
  @inline(__always)
  func take(_ distances: SIMD8<Double>) {
    guard any(distances .< greatest) else { return }
    if heap.count == 3 { return takeIntoThree(distances) }
    for lane in 0..<8 where distances[lane] < greatest { replaceGreatest(by: distances[lane]) }
  }

  /// The usual k = 3 without branches, which random distances would mislead: the greatest, then the others in descending
  /// order, which is a heap as well.
  @inline(__always)
  private func takeIntoThree(_ distances: SIMD8<Double>) {
    var (third, second, first) = (heap[0], heap[1], heap[2])
    for lane in 0..<8 {
      let distance = distances[lane]
      // A distance that is NaN passes through the greater of two, and is dropped by the less.
      let beyondSecond = second > distance ? second : distance
      let beyondFirst = first > distance ? first : distance
      third = beyondSecond < third ? beyondSecond : third
      second = beyondFirst < second ? beyondFirst : second
      first = distance < first ? distance : first
    }
    (heap[0], heap[1], heap[2]) = (third, second, first)
  }

  private func replaceGreatest(by distance: Double) {
    var place = 0
    while true {
      var child = 2 &* place &+ 1
      guard child < heap.count else { break }
      if child &+ 1 < heap.count, heap[child &+ 1] > heap[child] { child &+= 1 }
      guard heap[child] > distance else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = distance
  }
}
