// SPDX-License-Identifier: GPL-3.0-or-later
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
    /// t = 2^`bits` x1[0] + x1[1] and y part by noise that is uncorrelated with all of y but what came by x1[1]:
    /// (c − σε²)/σε² is about 4^−`bits`, but not zero.
    case nearTie(bits: Int)
  }

  /// What is asked of every problem.
  enum Question: String, Sendable {
    /// Definiteness and the signs of ``DistillationSigns``.
    case verdict
    /// Definiteness and the sign of what a tuned student gains.
    case tuned
    /// The same with unlabelled rows: as it is, tuned, and in one objective.
    case unlabelled
    /// The signs of the best weights of two teachers, and whether the second adds to the first.
    case ensemble
  }

  let name: String
  let p1, p2, count: Int
  let kind: Kind
  var question = Question.verdict

  var size: Int { p1 + p2 + 1 }
  var n: Int { p2 + 5 }
  /// m, where it is asked about.
  var unlabelled: Int { 7 }
  /// How many teachers there are.
  var teachers: Int { question == .ensemble ? 2 : 1 }

  static let large = Workload(name: "p1=p2=100, 50-bit entries", p1: 100, p2: 100, count: 1, kind: .shifted(14))

  static let all =
    [
      Workload(name: "p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .factor),
      Workload(name: "p1=p2=5", p1: 5, p2: 5, count: 2_000, kind: .factor),
      Workload(name: "p1=p2=20", p1: 20, p2: 20, count: 200, kind: .factor),
      Workload(name: "ties p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .tie),
      Workload(name: "near-ties p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .nearTie(bits: 23)),
      large,
      Workload(name: "tuned p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .factor, question: .tuned),
      Workload(name: "unlabelled p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .factor, question: .unlabelled),
      Workload(name: "ensemble p1=2 p2=3", p1: 2, p2: 3, count: 5_000, kind: .factor, question: .ensemble),
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
      w1 += weights(&random)
      // A second teacher that is no multiple of the first, whose first weight is 1.
      if workload.teachers > 1 { w1 += [0, Int64(random.integer(in: 1...8))] }
    }
  }

  /// w1 for a teacher t that is, up to noise, the label.
  private func weights(_ random: inout RandomSource) -> [Int64] {
    (0..<workload.p1).map { index in
      switch workload.kind {
      case .factor, .shifted: index == 0 ? 1 : Int64(random.integer(in: -8...8))
      case .tie: index == 0 ? 1 : 0
      case .nearTie(let bits): index == 0 ? 1 << Int64(bits) : index == 1 ? 1 : 0
      }
    }
  }

  private func covariance(_ random: inout RandomSource) -> [Int64] {
    let d = workload.size
    var factor = (0..<d).map { _ in (0..<d).map { _ in Int64(random.integer(in: -8...8)) } }
    let (noise, label) = (Int64(random.integer(in: 1...8)), d - 1)
    switch workload.kind {
    case .factor: break
    case .shifted(let bits): factor = factor.map { $0.map { $0 << Int64(bits) } }
    case .tie:
      for row in 1..<d { factor[row][0] = 0 }
      factor[0] = factor[label]
      factor[0][0] = noise
    case .nearTie(let bits):
      // Column 0 is the noise of x1[0] alone, column 1 of x1[1] and y alone: orthogonal to x2 and to the large part of y.
      for row in 0..<d { factor[row][0] = 0 }
      for row in 0..<d where row != 1 { factor[row][1] = 0 }
      factor[1][1] = noise
      factor[label] = zip(factor[0], factor[1]).map { ($0 << Int64(bits)) + $1 }
      factor[0][0] = noise
      factor[1][1] += random.integer(in: 0...1) == 0 ? 1 : -1
    }
    return factor.flatMap { row in factor.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } } }
  }

  /// Decides all problems.
  ///
  /// - Returns: a sum that keeps the work from being left out.
  func decide() -> Int {
    var sum = 0
    forEach { sum &+= code($0, &decider) }
    return sum
  }

  /// The signs as one number, as the peer codes them; 0 where Σ is not positive definite.
  private func code(_ problem: IntegerProblem, _ decider: inout SignDecider) -> Int {
    switch workload.question {
    case .verdict: return Problems.code(decider(problem))
    case .tuned:
      guard decider.take(problem) else { return 0 }
      return decider.decide(
        problem, { m throws(Undecided) in 2 + (try m.signOfTunedHelp()) },
        { m throws(Undecided) in 2 + (try m.signOfTunedHelp()) },
        { m throws(Undecided) in 2 + (try m.signOfTunedHelp()) },
        { m throws(Undecided) in 2 + (try m.signOfTunedHelp()) })
    case .unlabelled:
      guard decider.take(problem) else { return 0 }
      return decider.decide(
        problem, { m throws(Undecided) in try unlabelledCode(m) }, { m throws(Undecided) in try unlabelledCode(m) },
        { m throws(Undecided) in try unlabelledCode(m) }, { m throws(Undecided) in try unlabelledCode(m) })
    case .ensemble:
      guard decider.take(problem) else { return 0 }
      return decider.decide(
        problem, { m throws(Undecided) in try ensembleCode(m) }, { m throws(Undecided) in try ensembleCode(m) },
        { m throws(Undecided) in try ensembleCode(m) }, { m throws(Undecided) in try ensembleCode(m) })
    }
  }

  private func forEach(_ body: (IntegerProblem) -> Void) {
    let (d, width) = (workload.size, workload.p1 * workload.teachers)
    let extras = IntegerProblem.Extras(
      unlabelled: workload.question == .unlabelled ? workload.unlabelled : nil, hasSecondTeacher: workload.teachers > 1)
    sigma.withUnsafeBufferPointer { sigma in
      w1.withUnsafeBufferPointer { w1 in
        for index in 0..<workload.count {
          body(
            IntegerProblem(
              p1: workload.p1, p2: workload.p2,
              sigma: UnsafeBufferPointer(rebasing: sigma[index * d * d..<(index + 1) * d * d]),
              w1: UnsafeBufferPointer(rebasing: w1[index * width..<(index + 1) * width]), n: workload.n, extras: extras)
          )
        }
      }
    }
  }

  /// Writes, for the peer, a line for each problem, and for the comparison the code of each problem's signs and the share of
  /// each stage.
  func write() throws {
    guard let folder = ProcessInfo.processInfo.environment["CCH_BENCHMARK_DATA"] else { return }
    let (d, width) = (workload.size, workload.p1 * workload.teachers)
    let lines = (0..<workload.count).map { index in
      let numbers = sigma[index * d * d..<(index + 1) * d * d] + w1[index * width..<(index + 1) * width]
      return numbers.map(String.init).joined(separator: " ")
    }
    let file = "\(folder)/\(workload.name)"
    try "\(workload.p1) \(workload.p2) \(workload.n)\n\(lines.joined(separator: "\n"))\n".write(
      toFile: file + ".txt", atomically: true, encoding: .utf8)
    var (codes, fresh) = ([Int](), SignDecider())
    forEach { codes.append(code($0, &fresh)) }
    try #"{"codes": \#(codes), "stages": \#(fresh.decided)}"#.write(
      toFile: file + ".json", atomically: true, encoding: .utf8)
  }

  /// The signs as one number, as the peer codes them.
  private static func code(_ s: DistillationSigns) -> Int {
    s.isPositiveDefinite ? 1 + (s.delta + 1) + 3 * (s.scale + 1) + 9 * (s.help + 1) + 27 * (s.windowSign + 1) : 0
  }
}

/// The signs of a student with unlabelled rows as one number.
private func unlabelledCode<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Int {
  let (plain, tuned) = (try m.signOfUnlabelledHelp(), try m.signOfTunedUnlabelledHelp())
  return 1 + (plain + 1) + 3 * (tuned + 1) + 9 * ((try m.signOfOneObjectiveHelp() ?? -1) + 1)
}

/// The signs of two teachers as one number.
private func ensembleCode<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Int {
  guard let pair = m.teacherPair else { return -1 }
  let (first, second) = (try pair.firstWeight.sign(), try pair.secondWeight.sign())
  return 1 + (first + 1) + 3 * (second + 1) + 9 * (try pair.signOfSecondAdding() + 1)
}
