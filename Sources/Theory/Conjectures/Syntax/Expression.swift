// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Which output: a number, from 0, or the name that `for every output` has given; or a row, by the name that `sum over rows`
/// has given.
enum OutputIndex: Hashable, Sendable {
  case literal(Int)
  case bound(String)
  case row(String)
}

/// A linear combination of blocks of one size, as in `t − y` or `2*x1[0] + s`.
struct LinearImage: Hashable, Sendable {
  struct Term: Hashable, Sendable {
    var coefficient: Rational
    var block: Block
    var index: OutputIndex?
  }

  var terms: [Term]

  /// The block alone; nil where it is a combination.
  var single: (block: Block, index: OutputIndex?)? {
    terms.count == 1 && terms[0].coefficient == 1 ? (terms[0].block, terms[0].index) : nil
  }

  func times(_ factor: Rational) -> LinearImage {
    LinearImage(terms: terms.map { Term(coefficient: factor * $0.coefficient, block: $0.block, index: $0.index) })
  }

  /// The same with each block and coordinate once, in the order of their first places; without terms where it is 0.
  var collected: LinearImage {
    var list: [Term] = []
    for term in terms {
      if let place = list.firstIndex(where: { $0.block == term.block && $0.index == term.index }) {
        list[place].coefficient += term.coefficient
      } else {
        list.append(term)
      }
    }
    return LinearImage(terms: list.filter { $0.coefficient.signum != 0 })
  }
}

/// One of the two instances that a statement compares.
enum InstanceName: String, Hashable, Sendable, CaseIterable {
  case a = "A"
  case b = "B"
}

/// One moment of some images, maybe given others.
struct Moment: Hashable, Sendable {
  var kind: MomentKind
  var first: [LinearImage]
  var second: [LinearImage]
  var given: [LinearImage]
}

/// A sum of the values of a quantity, or their mean.
struct Fold: Hashable, Sendable {
  var isMean: Bool
  /// What stands for the row, or for the number that counts.
  var name: String
  /// It counts 0, 1, … below this number; nil where it is over the rows of a design.
  var below: Expression?
  var body: Expression
}

/// A number, an information, or a number that may be infinite.
struct Expression: Hashable, Sendable {
  indirect enum Kind: Hashable, Sendable {
    /// Not negative.
    case number(Rational)
    case infinity
    case word(Word, OutputIndex?)
    /// The variable of a quantifier.
    case variable(String)
    /// R at some λ.
    case risk(Expression)
    case moment(Moment)
    case call(Function, [Expression])
    /// Terms that are added, or taken off.
    case sum([Part])
    /// Factors, or divisors.
    case product([Part])
    case power(Expression, Int)
    /// What it is on one of two instances.
    case instance(InstanceName, Expression)
    /// A sum or mean over rows, or over whole numbers.
    case fold(Fold)
    /// The whole number that a sum counts with, and a number to its power.
    case counter(String)
    case counterPower(Expression, String)
  }

  struct Part: Hashable, Sendable {
    /// Whether it is taken off, or divided by.
    var isInverse: Bool
    var expression: Expression
  }

  var kind: Kind
  /// Where it stands in the text; it does not count for equality.
  var place: Range<Int>

  init(_ kind: Kind, _ place: Range<Int> = 0..<1) { (self.kind, self.place) = (kind, place) }

  static func == (a: Expression, b: Expression) -> Bool { a.kind == b.kind }
  func hash(into hasher: inout Hasher) { hasher.combine(kind) }

  /// The expressions in it.
  var children: [Expression] {
    switch kind {
    case .number, .infinity, .word, .variable, .moment, .counter: []
    case .risk(let argument), .power(let argument, _), .instance(_, let argument), .counterPower(let argument, _):
      [argument]
    case .fold(let fold): (fold.below.map { [$0] } ?? []) + [fold.body]
    case .call(_, let arguments): arguments
    case .sum(let parts), .product(let parts): parts.map(\.expression)
    }
  }
}
