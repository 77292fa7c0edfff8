// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// An instance, with what one claim says of it, for people: sizes, Σ with named rows, the teacher, and the numbers that
/// decide the claim.
public struct InstanceText {
  private let instance: Instance
  private let claim: any Claim

  /// The text about `instance` as a case of `claim`.
  public init(_ instance: Instance, _ claim: any Claim) { (self.instance, self.claim) = (instance, claim) }

  /// The lines, each ended by a newline; of two instances A and B first the one, then the other.
  public var text: String {
    guard let other = instance.extras.other else { return own + decision }
    return "A:\n" + own + "B:\n" + InstanceText(other, claim).own + decision
  }

  private var own: String {
    let sizes =
      [
        "p1 = \(instance.p1)", "p2 = \(instance.p2)", "q = \(instance.q)", instance.p1a.map { "p1a = \($0)" },
        instance.n.map { "n = \($0)" }, instance.lambda.map { "λ = \($0)" },
        instance.p1a == nil ? "w1 = \(teacher(instance.w1))" : nil,
      ].compactMap { $0 } + extras
    return "  " + sizes.joined(separator: ", ") + "\n" + sigma
  }

  private var extras: [String] {
    let extras = instance.extras
    return [
      extras.secondTeacher.map { "w1b = \(teacher($0))" }, extras.unlabelled.map { "m = \($0)" },
      extras.ridge.map { "μ = \($0)" }, extras.teacherRows.map { "N = \($0)" },
      extras.design.map { design in "design = \(rows(design.values))" },
      extras.rowMoments.map { moments in "(σ², c, ση²) = \(rows(moments.map { [$0.y, $0.ty, $0.t] }))" },
    ].compactMap { $0 }
  }

  private func rows(_ values: [[Rational]]) -> String {
    "(" + values.map { $0.map(\.description).joined(separator: " ") }.joined(separator: "; ") + ")"
  }

  private func teacher(_ w: RationalMatrix) -> String {
    if w == .identity(instance.p1) { return instance.p1 == 1 ? "1" : "identity" }
    let rows = w.values.map { $0.map(\.description).joined(separator: " ") }
    return "(\(rows.joined(separator: instance.q == 1 ? " " : "; ")))"
  }

  /// Σ under and beside the names of its coordinates, in columns two spaces apart.
  private var sigma: String {
    func names(_ name: String, _ count: Int) -> [String] {
      (0..<count).map { "\(name)\(count > 1 ? "[\($0)]" : "")" }
    }
    let titles = names("x1", instance.p1) + names("x2", instance.p2) + names("y", instance.q)
    let rows = [["Σ"] + titles] + zip(titles, instance.sigma.values).map { [$0] + $1.map(\.description) }
    let widths = (0...titles.count).map { column in rows.map { $0[column].count }.max() ?? 0 }
    func padded(_ cell: String, _ column: Int) -> String {
      let space = String(repeating: " ", count: widths[column] - cell.count)
      return column == 0 ? cell + space : space + cell
    }
    return rows.map { row in
      "  " + row.enumerated().map { padded($1, $0) }.joined(separator: "  ") + "\n"
    }.joined()
  }

  private var decision: String {
    guard let quantities = try? claim.quantities(Facts(instance)) else { return "" }
    func line(_ title: String, _ items: [Quantity]) -> String {
      items.isEmpty ? "" : "  \(title): \(items.map { "\($0.name) = \($0.value)" }.joined(separator: ", "))\n"
    }
    return line("hypothesis", quantities.hypothesis) + line("conclusion", quantities.conclusion)
  }
}
