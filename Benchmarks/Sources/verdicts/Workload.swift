import ExactPredicates
import Foundation
import PropertyTesting

/// Problems of one size, in flat memory, and the file that hands them to the peer.
struct Workload: Sendable {
  let name: String
  let p1, p2: Int
  let count: Int
  let sigma: [Int64]
  let w1: [Int64]

  var size: Int { p1 + p2 + 1 }
  var n: Int { p2 + 5 }

  /// Σ = FFᵀ for F of whole numbers up to `entries`; times 2^`shift` plus a small move where that is not 0.
  init(name: String, p1: Int, p2: Int, count: Int, entries: Int, bits: Int = 0) {
    (self.name, self.p1, self.p2, self.count) = (name, p1, p2, count)
    let d = p1 + p2 + 1
    (sigma, w1) = Workload.matrices(count: count, d: d, p1: p1) { random in
      var factor = (0..<d * d).map { _ in Int64(random.integer(in: -entries...entries)) }
      if bits > 0 {
        // About 2·(bits/2) bits in each product: a dominant diagonal keeps Σ well away from singular.
        factor = factor.map { $0 << Int64(bits / 2 - 8) }
      }
      return Workload.gram(factor, d)
    }
  }

  /// Near-ties: c − σε² = 0 exactly or up to one unit, as t = y + noise that x2 does not see, or as t differs in one entry.
  init(nearTies name: String, p1: Int, p2: Int, count: Int) {
    (self.name, self.p1, self.p2, self.count) = (name, p1, p2, count)
    let d = p1 + p2 + 1
    var weights: [Int64] = []
    (sigma, _) = Workload.matrices(count: count, d: d, p1: p1) { random in
      // Rows: x1[0] = y + noise of its own, then the rest; so cov(t−y, y | x2) = 0 for w1 = e0.
      var factor = (0..<d * d).map { _ in Int64(random.integer(in: -8...8)) }
      for j in 0..<d { factor[j] = factor[(d - 1) * d + j] }
      for i in 0..<d where i != 0 { factor[i * d] = 0 }
      factor[0] = Int64(random.integer(in: 1...8))
      return Workload.gram(factor, d)
    }
    for _ in 0..<count { weights += [1] + [Int64](repeating: 0, count: p1 - 1) }
    w1 = weights
  }

  private static func gram(_ factor: [Int64], _ d: Int) -> [Int64] {
    var sigma = [Int64](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0..<d { sigma[i * d + j] = (0..<d).reduce(0) { $0 + factor[i * d + $1] * factor[j * d + $1] } }
    }
    return sigma
  }

  private static func matrices(count: Int, d: Int, p1: Int, _ make: (inout RandomSource) -> [Int64]) -> (
    [Int64], [Int64]
  ) {
    var (sigma, w1) = ([Int64](), [Int64]())
    for index in 0..<count {
      var random = RandomSource(seed: 5, index: UInt64(index))
      sigma += make(&random)
      w1 += (0..<p1).map { $0 == 0 ? 1 : Int64(random.integer(in: -8...8)) }
    }
    return (sigma, w1)
  }

  /// One line a problem: the entries of Σ, then w1.
  func write(to file: URL) throws {
    let d = size
    let lines = (0..<count).map { index in
      let numbers = sigma[index * d * d..<(index + 1) * d * d] + w1[index * p1..<(index + 1) * p1]
      return numbers.map(String.init).joined(separator: " ")
    }
    try Data("\(p1) \(p2) \(n)\n\(lines.joined(separator: "\n"))\n".utf8).write(to: file)
  }

  /// Decides all problems again and again for about `seconds`, on one thread.
  ///
  /// - Returns: verdicts a second, the share that each stage decided, and a checksum of the signs of the first pass.
  func run(seconds: Double) -> (rate: Double, stages: [Double], checksum: String) {
    var decider = SignDecider()
    var digits: [Int] = []
    let clock = ContinuousClock()
    var (passes, best) = (0, Duration.seconds(1_000))
    let start = clock.now
    while passes < 3 || clock.now - start < .seconds(seconds) {
      let begin = clock.now
      var sum = 0
      sigma.withUnsafeBufferPointer { sigma in
        w1.withUnsafeBufferPointer { w1 in
          for index in 0..<count {
            let signs = decider(problem(index, sigma, w1))
            sum &+= signs.help
            if passes == 0 { digits.append(Workload.code(signs)) }
          }
        }
      }
      if sum == .min { print("never") }
      best = min(best, clock.now - begin)
      passes += 1
    }
    let total = Double(decider.decided.reduce(0, +))
    return (Double(count) / (best / .seconds(1)), decider.decided.map { Double($0) / total }, Workload.checksum(digits))
  }

  func problem(_ index: Int, _ sigma: UnsafeBufferPointer<Int64>, _ w1: UnsafeBufferPointer<Int64>) -> IntegerProblem {
    let d = size
    return IntegerProblem(
      p1: p1, p2: p2, sigma: UnsafeBufferPointer(rebasing: sigma[index * d * d..<(index + 1) * d * d]),
      w1: UnsafeBufferPointer(rebasing: w1[index * p1..<(index + 1) * p1]), n: n)
  }

  /// The signs as one number, as the peer codes them.
  private static func code(_ s: DistillationSigns) -> Int {
    s.isPositiveDefinite ? 1 + (s.delta + 1) + 3 * (s.scale + 1) + 9 * (s.help + 1) + 27 * (s.window + 1) : 0
  }

  private static func checksum(_ codes: [Int]) -> String {
    String(codes.reduce(UInt64(7)) { ($0 &* 1_000_003 &+ UInt64($1)) & 0xFFFF_FFFF_FFFF }, radix: 16)
  }
}
