// SPDX-License-Identifier: GPL-3.0-or-later
import PropertyTesting

/// One problem of the Shrinking Challenge (github.com/jlink/shrinking-challenge), where property testers compare how well
/// they shrink.
struct Challenge: Sendable {
  let name: String
  /// The smallest value, as text.
  let smallest: String
  /// The fewest mean evaluations that a library published which nearly always reaches the smallest value, and its name.
  let best: (mean: Double, library: String)
  /// Finds and shrinks a failure under a seed.
  let run: @Sendable (UInt64) async -> Ending

  struct Ending {
    let value: String
    let evaluations: Int
    let isLocalMinimum: Bool
  }

  init<Value: Sendable>(
    _ name: String, smallest: String, best: (Double, String), _ generator: Generator<Value>,
    holds: @escaping @Sendable (Value, inout Trial) throws -> Bool
  ) {
    (self.name, self.smallest, self.best) = (name, smallest, best)
    let property = Property(name, generator, holds: holds)
    run = { seed in
      let report = await property.check(CheckSettings(cases: 200_000, seed: seed, threads: 1))
      guard let counterexample = report.counterexample else {
        return Ending(value: "none found", evaluations: 0, isLocalMinimum: false)
      }
      return Ending(
        value: "\(counterexample.value)", evaluations: counterexample.evaluations,
        isLocalMinimum: counterexample.isLocalMinimum)
    }
  }

  static let all = [
    bound5, largeUnionList, reverse, calculator, lengthList, differenceZero, differenceSmall, differenceOne, binaryHeap,
    coupling, deletion, distinct, nestedLists,
  ]

  static let bound5 = Challenge(
    "bound5", smallest: "[[], [], [], [-1], [-32768]]", best: (136.9, "Hypothesis"),
    Generator.int(in: -32_768...32_767).array(count: 0...10).array(count: 5)
  ) { lists, trial in
    func sum(_ list: [Int]) -> Int16 { list.reduce(0) { $0 &+ Int16(truncatingIfNeeded: $1) } }
    try trial.assume(lists.allSatisfy { sum($0) < 256 })
    return sum(lists.flatMap { $0 }) < 5 * 256
  }

  static let largeUnionList = Challenge(
    "large union list", smallest: "[[0, 1, -1, 2, -2]]", best: (341.0, "Hypothesis"),
    Generator.int().array().array()
  ) { lists, _ in Set(lists.joined()).count < 5 }

  static let reverse = Challenge("reverse", smallest: "[0, 1]", best: (46.0, "Hypothesis"), Generator.int().array()) {
    list, _ in list.reversed() == list
  }

  indirect enum Expression: Sendable, CustomStringConvertible {
    case number(Int)
    case sum(Expression, Expression)
    case quotient(Expression, Expression)

    var description: String {
      switch self {
      case .number(let value): "\(value)"
      case .sum(let a, let b): "(\(a) + \(b))"
      case .quotient(let a, let b): "(\(a) / \(b))"
      }
    }

    /// Whether no division is by a literal 0.
    var isFair: Bool {
      switch self {
      case .number: true
      case .sum(let a, let b): a.isFair && b.isFair
      case .quotient(_, .number(0)): false
      case .quotient(let a, let b): a.isFair && b.isFair
      }
    }

    /// The value; nil for a division by 0.
    var value: Int? {
      switch self {
      case .number(let value): return value
      case .sum(let a, let b):
        guard let x = a.value, let y = b.value else { return nil }
        return x &+ y
      case .quotient(let a, let b):
        guard let x = a.value, let y = b.value, y != 0 else { return nil }
        return x.dividedReportingOverflow(by: y).partialValue
      }
    }
  }

  static let calculator = Challenge(
    "calculator", smallest: "(0 / (0 + 0))", best: (341.4, "Hypothesis"),
    Generator<Expression>.recursive(leaf: Generator.int().map { .number($0) }) { part in
      .oneOf(
        Generator<(Expression, Expression)>.pair(part, part).map { .sum($0, $1) },
        Generator<(Expression, Expression)>.pair(part, part).map { .quotient($0, $1) })
    }
  ) { expression, trial in
    try trial.assume(expression.isFair)
    return expression.value != nil
  }

  static let lengthList = Challenge(
    "length list", smallest: "[900]", best: (85.1, "Hypothesis"),
    Generator.int(in: 1...100, towards: 1).flatMap { Generator.uniform(in: 0...1_000).array(count: $0) }
  ) { list, _ in (list.max() ?? 0) < 900 }

  private static let twoPositive = Generator<(Int, Int)>.pair(
    .int(in: 1...0x7FFF_FFFF, towards: 1), .int(in: 1...0x7FFF_FFFF, towards: 1))

  static let differenceZero = Challenge("difference 0", smallest: "(10, 10)", best: (386.1, "jqwik"), twoPositive) {
    pair, _ in pair.0 < 10 || pair.0 != pair.1
  }
  static let differenceSmall = Challenge("difference 1–4", smallest: "(10, 6)", best: (296.5, "jqwik"), twoPositive) {
    pair, _ in pair.0 < 10 || !(1...4).contains(abs(pair.0 - pair.1))
  }
  static let differenceOne = Challenge("difference 1", smallest: "(10, 9)", best: (513.5, "jqwik"), twoPositive) {
    pair, _ in pair.0 < 10 || abs(pair.0 - pair.1) != 1
  }

  static let coupling = Challenge(
    "coupling", smallest: "[1, 0]", best: (140.0, "jqwik"), Generator.uniform(in: 0...10).array()
  ) { list, trial in
    try trial.assume(list.allSatisfy { $0 < list.count })
    return list.indices.allSatisfy { i in list[i] == i || list[list[i]] != i }
  }

  static let deletion = Challenge(
    "deletion", smallest: "([0, 0], 0)", best: (132.7, "jqwik"),
    Generator<([Int], Int)>.pair(Generator.int().array(), .uniform(in: 0...10))
  ) { input, trial in
    var (list, index) = input
    try trial.assume(index < list.count)
    let element = list[index]
    if let first = list.firstIndex(of: element) { list.remove(at: first) }
    return !list.contains(element)
  }

  static let distinct = Challenge(
    "distinct", smallest: "[0, 1, -1]", best: (24.4, "jqwik"), Generator.int().array()
  ) { list, _ in Set(list).count < 3 }

  static let nestedLists = Challenge(
    "nested lists", smallest: "[[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]", best: (20.6, "jqwik"),
    Generator.uniform(in: 0...0).array().array()
  ) { lists, _ in lists.map(\.count).reduce(0, +) <= 10 }
}

// MARK: A wrong binary heap

extension Challenge {
  indirect enum Heap: Sendable, CustomStringConvertible {
    case empty
    case node(Int, Heap, Heap)

    var description: String {
      switch self {
      case .empty: "None"
      case .node(let head, let left, let right): "(\(head), \(left), \(right))"
      }
    }

    var elements: [Int] {
      switch self {
      case .empty: []
      case .node(let head, let left, let right): [head] + right.elements + left.elements
      }
    }

    func merged(_ other: Heap) -> Heap {
      switch (self, other) {
      case (.empty, _): other
      case (_, .empty): self
      case (.node(let a, let left, let right), .node(let b, _, _)) where a <= b: .node(a, right.merged(other), left)
      case (_, .node(let b, let left, let right)): .node(b, right.merged(self), left)
      }
    }

    /// Wrong: after the head it forgets to go on merging.
    var wronglySorted: [Int] {
      guard case .node(let head, let left, let right) = self else { return [] }
      return [head] + left.merged(right).elements
    }

    static func generator(least: Int, depth: Int) -> Generator<Heap> {
      Generator { tape in
        try tape.span("heap") { tape in
          let isNode =
            depth > 0 && tape.choose(in: 0...1, simplest: 0) { $0.random.integer(in: 0...2) > 0 ? 1 : 0 } == 1
          guard isNode else { return .empty }
          // Counted from the parent's head, so that every tape is a heap.
          let head = try least + Generator.int(in: 0...1_000)(&tape)
          return .node(
            head, try generator(least: head, depth: depth - 1)(&tape),
            try generator(least: head, depth: depth - 1)(&tape))
        }
      }
    }
  }

  static let binaryHeap = Challenge(
    "binheap", smallest: "(0, None, (0, (0, None, None), (1, None, None)))",
    best: (484.0, "jqwik"), Heap.generator(least: 0, depth: 6)
  ) { heap, _ in heap.wronglySorted == heap.elements.sorted() }
}
