// SPDX-License-Identifier: GPL-3.0-or-later
import PropertyTesting

/// Terms of the simply typed λ-calculus with numbers, variables by distance to their binder; two bugs of substitution.
indirect enum Term: Sendable, CustomStringConvertible {
  case variable(Int), number(Int), lambda(Kind, Term), apply(Term, Term)

  indirect enum Kind: Equatable, Sendable, CustomStringConvertible {
    case number
    case function(Kind, Kind)
    var description: String {
      switch self {
      case .number: "N"
      case .function(let a, let b): "(\(a)>\(b))"
      }
    }
  }

  var description: String {
    switch self {
    case .variable(let index): "#\(index)"
    case .number(let value): "\(value)"
    case .lambda(let kind, let body): "(\\\(kind).\(body))"
    case .apply(let f, let x): "(\(f) \(x))"
    }
  }

  func kind(_ context: [Kind] = []) -> Kind? {
    switch self {
    case .variable(let index): return index < context.count ? context[index] : nil
    case .number: return .number
    case .lambda(let kind, let body): return body.kind([kind] + context).map { .function(kind, $0) }
    case .apply(let f, let x):
      guard case .function(let from, let to)? = f.kind(context), x.kind(context) == from else { return nil }
      return to
    }
  }

  func shifted(_ by: Int, from depth: Int = 0) -> Term {
    switch self {
    case .variable(let index): .variable(index >= depth ? index + by : index)
    case .number: self
    case .lambda(let kind, let body): .lambda(kind, body.shifted(by, from: depth + 1))
    case .apply(let f, let x): .apply(f.shifted(by, from: depth), x.shifted(by, from: depth))
    }
  }

  /// Bug 1 does not shift what it puts under a binder, bug 2 does not count the binders it passes.
  func substituting(_ index: Int, by term: Term, bug: Int) -> Term {
    switch self {
    case .variable(let own): own == index ? term : own > index ? .variable(own - 1) : self
    case .number: self
    case .lambda(let kind, let body):
      .lambda(kind, body.substituting(bug == 2 ? index : index + 1, by: bug == 1 ? term : term.shifted(1), bug: bug))
    case .apply(let f, let x):
      .apply(f.substituting(index, by: term, bug: bug), x.substituting(index, by: term, bug: bug))
    }
  }

  /// One step of reduction, outermost first and under binders too.
  func step(bug: Int) -> Term? {
    switch self {
    case .apply(.lambda(_, let body), let x): return body.substituting(0, by: x, bug: bug)
    case .apply(let f, let x):
      if let next = f.step(bug: bug) { return .apply(next, x) }
      return x.step(bug: bug).map { .apply(f, $0) }
    case .lambda(let kind, let body): return body.step(bug: bug).map { .lambda(kind, $0) }
    default: return nil
    }
  }

  static func kinds(_ depth: Int) -> Generator<Kind> {
    Generator<Kind> { tape in
      if depth == 0 || tape.integer(in: 0...1) == 0 { return .number }
      return .function(try kinds(depth - 1)(&tape), try kinds(depth - 1)(&tape))
    }
  }

  /// Terms of a kind: a variable of it where there is one, an application, a λ or a number.
  static func terms(_ kind: Kind, _ context: [Kind] = [], depth: Int = 4) -> Generator<Term> {
    Generator<Term> { tape in
      try tape.span("term") { tape in
        let variables = context.indices.filter { context[$0] == kind }
        let choice = tape.integer(in: 0...(depth == 0 ? 1 : 2))
        if choice == 1, !variables.isEmpty { return .variable(variables[tape.integer(in: 0...(variables.count - 1))]) }
        if choice == 2 {
          let from = try kinds(1)(&tape)
          return .apply(
            try terms(.function(from, kind), context, depth: depth - 1)(&tape),
            try terms(from, context, depth: depth - 1)(&tape))
        }
        guard case .function(let from, let to) = kind else { return .number(tape.integer(in: 0...9)) }
        return .lambda(from, try terms(to, [from] + context, depth: max(0, depth - 1))(&tape))
      }
    }
  }
}
