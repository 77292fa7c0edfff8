import ExactPredicates
import Foundation
import PropertyTesting

/// A kind of whole-number problems that are decided in a loop.
struct Workload: Sendable {
  /// How Σ = FFᵀ is drawn.
  enum Kind: Sendable {
    /// F of whole numbers up to 8.
    case factor
    /// F of whole numbers up to 8, times 2^`shift`.
    case shifted(Int)
    /// As `factor`, but x1[0] = y + noise of its own, so that c = σε² exactly for w1 = e0: no rounded arithmetic can tell.
    case tie
    /// As `tie`, with one entry of Σ moved by 1 where that stays positive definite.
    case nearTie
  }

  let name: String
  let p1, p2, count: Int
  let kind: Kind

  var size: Int { p1 + p2 + 1 }
  var n: Int { p2 + 5 }

  static let large = Workload(name: "p1=p2=100, 50-bit entries", p1: 100, p2: 100, count: 1, kind: .shifted(14))

  static let all =
    [
      Workload(name: "p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .factor),
      Workload(name: "p1=p2=5", p1: 5, p2: 5, count: 2_000, kind: .factor),
      Workload(name: "p1=p2=20", p1: 20, p2: 20, count: 200, kind: .factor),
      Workload(name: "ties p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .tie),
      Workload(name: "near-ties p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .nearTie),
      large,
    ]
    + [10, 40, 80].map {
      Workload(name: "growth p1=p2=\($0)", p1: $0, p2: $0, count: 4_000 / ($0 * $0) + 1, kind: .factor)
    }
}

/// The problems of a workload, in flat memory.
final class Problems {
  let workload: Workload
  private(set) var sigma: [Int64] = []
  private(set) var w1: [Int64] = []
  private var decider = SignDecider()

  init(_ workload: Workload) {
    self.workload = workload
    for index in 0..<workload.count {
      var random = RandomSource(seed: 5, index: UInt64(index))
      sigma += covariance(&random)
      w1 += (0..<workload.p1).map { $0 == 0 ? 1 : isTie ? 0 : Int64(random.integer(in: -8...8)) }
    }
  }

  private var isTie: Bool {
    switch workload.kind {
    case .tie, .nearTie: true
    case .factor, .shifted: false
    }
  }

  private func covariance(_ random: inout RandomSource) -> [Int64] {
    let d = workload.size
    var factor = (0..<d * d).map { _ in Int64(random.integer(in: -8...8)) }
    if case .shifted(let bits) = workload.kind { factor = factor.map { $0 << Int64(bits) } }
    if isTie {
      for j in 0..<d { factor[j] = factor[(d - 1) * d + j] }
      for i in 0..<d where i != 0 { factor[i * d] = 0 }
      factor[0] = Int64(random.integer(in: 1...8))
    }
    var sigma = [Int64](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0..<d { sigma[i * d + j] = (0..<d).reduce(0) { $0 + factor[i * d + $1] * factor[j * d + $1] } }
    }
    if case .nearTie = workload.kind {
      let move = random.integer(in: 0...1) == 0 ? 1 : -1
      sigma[d - 1] += Int64(move)
      sigma[(d - 1) * d] += Int64(move)
    }
    return sigma
  }

  /// Decides all problems.
  ///
  /// - Returns: a sum that keeps the work from being left out.
  func decide() -> Int {
    var sum = 0
    forEach { sum &+= decider($0).help }
    return sum
  }

  private func forEach(_ body: (IntegerProblem) -> Void) {
    let (d, p1) = (workload.size, workload.p1)
    sigma.withUnsafeBufferPointer { sigma in
      w1.withUnsafeBufferPointer { w1 in
        for index in 0..<workload.count {
          body(
            IntegerProblem(
              p1: p1, p2: workload.p2, sigma: UnsafeBufferPointer(rebasing: sigma[index * d * d..<(index + 1) * d * d]),
              w1: UnsafeBufferPointer(rebasing: w1[index * p1..<(index + 1) * p1]), n: workload.n))
        }
      }
    }
  }

  /// Writes, for the peer, a line for each problem, and for the comparison the code of each problem's signs and the share of
  /// each stage.
  func write() throws {
    guard let folder = ProcessInfo.processInfo.environment["CCH_BENCHMARK_DATA"] else { return }
    let (d, p1) = (workload.size, workload.p1)
    let lines = (0..<workload.count).map { index in
      let numbers = sigma[index * d * d..<(index + 1) * d * d] + w1[index * p1..<(index + 1) * p1]
      return numbers.map(String.init).joined(separator: " ")
    }
    let file = "\(folder)/\(workload.name)"
    try "\(p1) \(workload.p2) \(workload.n)\n\(lines.joined(separator: "\n"))\n".write(
      toFile: file + ".txt", atomically: true, encoding: .utf8)
    var (codes, fresh) = ([Int](), SignDecider())
    forEach { codes.append(Problems.code(fresh($0))) }
    try #"{"codes": \#(codes), "stages": \#(fresh.decided)}"#.write(
      toFile: file + ".json", atomically: true, encoding: .utf8)
  }

  /// The signs as one number, as the peer codes them.
  private static func code(_ s: DistillationSigns) -> Int {
    s.isPositiveDefinite ? 1 + (s.delta + 1) + 3 * (s.scale + 1) + 9 * (s.help + 1) + 27 * (s.window + 1) : 0
  }
}
