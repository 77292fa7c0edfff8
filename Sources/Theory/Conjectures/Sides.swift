// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

extension Conjecture {
  /// One of the exact numbers that a statement compares.
  public struct Side: Sendable, Equatable {
    /// What it is, in symbols.
    public let name: String
    /// The number.
    public let value: SideValue
  }

  /// The value of a side.
  public enum SideValue: Sendable, Equatable {
    /// A number.
    case rational(Rational)
    /// An information, in nats.
    case information(ShiftedHalfLogarithm)
  }

  /// The numbers that the statement compares on `facts`, in the order of the text, each name once.
  ///
  /// Numbers that stand in the text are left out, and so is what has no value or none of these kinds: what depends on the variable
  /// of a quantifier or on its output, what is infinite, roots.
  public func sides(_ facts: Facts) -> [Side] {
    Evaluator(facts, isOfTwo: isOfTwo).sides(formula).map { Side(name: $0.name, value: $0.value) }
  }

  /// The quantity that `text` names, in ASCII and in one spelling; nil where it names none, or is longer than 1,000 bytes.
  public static func quantity(spelled text: String) -> String? {
    guard text.utf8.count <= 1000, let quantity = try? Parser.quantity(text) else { return nil }
    return Printer(isASCII: true).text(quantity)
  }
}

/// A side under both its names.
private struct NamedSide {
  let name: String
  /// The name of e to twice it, where it is an information.
  let powerName: String
  let value: Conjecture.SideValue

  init(_ name: String, isSum: Bool, _ value: Conjecture.SideValue) {
    self.init(name, "e^2\(isSum ? "(\(name))" : name)", value)
  }

  private init(_ name: String, _ powerName: String, _ value: Conjecture.SideValue) {
    (self.name, self.powerName, self.value) = (name, powerName, value)
  }

  func said(of instance: InstanceName) -> NamedSide {
    NamedSide(name.saidOf(instance), powerName.saidOf(instance), value)
  }
}

extension Evaluator {
  /// The exact numbers that a condition compares, by their names: of an information e to twice it.
  func quantities(_ formula: Formula) -> [Quantity] {
    sides(formula).compactMap { side in
      switch side.value {
      case .rational(let number): Quantity(side.name, number)
      case .information(let value): value.shift == 0 ? Quantity(side.powerName, value.logarithm.argument) : nil
      }
    }
  }

  fileprivate func sides(_ formula: Formula) -> [NamedSide] {
    var list: [NamedSide] = []
    func visit(_ formula: Formula) {
      switch formula.kind {
      // What is bound has no one value.
      case .forVariable, .forOutputs: return
      case .helps:
        visit(Expression(.word(.residualCovariance, nil)))
        visit(Expression(.word(.residualVariance, nil)))
      case .instance(let name, let part):
        list += ((try? of(name))?.sides(part) ?? []).map { $0.said(of: name) }
        return
      default: break
      }
      for expression in formula.expressions { visit(expression) }
      for part in formula.children { visit(part) }
    }
    func visit(_ expression: Expression) {
      if case .number = expression.kind { return }
      if isOfTwo, !expression.namesInstance {
        for name in InstanceName.allCases { visit(Expression(.instance(name, expression))) }
        return
      }
      let name = Printer().text(expression)
      switch try? value(expression) {
      case .rational(let number)?: list.append(NamedSide(name, isSum: false, .rational(number)))
      case .information(let sum)?:
        if let value = sum.halfLogarithm { list.append(NamedSide(name, isSum: expression.isSum, .information(value))) }
      default: break
      }
    }
    visit(formula)
    var seen = Set<String>()
    return list.filter { seen.insert($0.name).inserted }
  }
}

extension LogSum {
  /// The number as ½ ln r + s; nil where no such r is at hand.
  fileprivate var halfLogarithm: ShiftedHalfLogarithm? {
    (self + LogSum(-shift)).argument.map { ShiftedHalfLogarithm(HalfLogarithm(of: $0), plus: shift) }
  }
}

extension String {
  /// The name of a quantity of one of two instances.
  fileprivate func saidOf(_ name: InstanceName) -> String {
    contains(" ") && !hasSuffix(")") ? "(\(self)).\(name.rawValue)" : "\(self).\(name.rawValue)"
  }
}

extension Expression {
  fileprivate var isSum: Bool {
    switch kind {
    case .sum, .product: true
    default: false
    }
  }
}
