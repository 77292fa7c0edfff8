// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Looks for signs that the joint Gaussian model does not fit.
struct ModelWarnings {
  private(set) var all: [ModelWarning] = []
  /// The residuals of which there is a warning.
  private(set) var plots: [ResidualPlot] = []

  /// A test warns below this probability.
  static let significance = 1e-3

  init(
    _ data: [[Double]], labelTexts: [String], _ roles: Roles, _ groups: GramGroups, _ bootstrap: Bootstrap?,
    widest: Int,
    dropped: Int
  ) {
    let (d, n, p2) = (data.count, data[0].count, roles.student.count)
    let moments = groups.moments()
    let student = Array(roles.student.indices)
    discreteLabel(data[d - 1], labelTexts, name: roles.label)
    if dropped > 0 {
      let share = 100 * Double(dropped) / Double(n + dropped)
      add(
        .missingValues,
        "\(dropped) of \(n + dropped) rows (\(String(format: "%.2g", share)) %) were left out since a value is missing; "
          + "if that depends on the label, the rest does not stand for all")
    }
    if n < 10 * (p2 + widest) {
      add(
        .fewRows,
        "\(n) rows for \(p2) student's and \(widest) teacher's columns: a teacher fitted on so few rows looks better on "
          + "them than it is; trust the test and the held-out check")
    }
    if let view = moments.factor(student) {
      shapes("the label", column: d - 1, data, view, moments, student)
      collinearity(view, student, roles.columns)
      for index in roles.teachers.indices {
        let places = roles.places(ofTeacher: index)
        guard let inputs = moments.factor(places) else { continue }
        collinearity(inputs, places, roles.columns)
        let weights = inputs.solve(places.map { moments.covariance[$0 * d + d - 1] })
        let prediction = (0..<n).map { row in
          zip(weights, places).reduce(0.0) { $0 + $1.0 * data[$1.1][row] }
        }
        let view = view.solve(
          student.map { i in dot(weights, places.map { moments.covariance[i * d + $0] }) })
        let name = roles.teachers.count == 1 ? "the teacher's prediction" : "the prediction of teacher \(index + 1)"
        shapes(name, ResidualShape(prediction, inputs: student.map { data[$0] }, weights: view), rows: n)
      }
    }
    let singular = bootstrap?.fits.joined().count { $0 == nil } ?? 0
    if singular > 0 {
      add(.singularResamples, "the model could not be fitted to \(singular) resamples; the intervals leave them out")
    }
  }

  private mutating func add(_ kind: ModelWarning.Kind, _ message: String) {
    if !all.contains(where: { $0.message == message }) { all.append(ModelWarning(kind: kind, message: message)) }
  }

  private mutating func discreteLabel(_ label: [Double], _ texts: [String], name: String) {
    let counts = Dictionary(label.map { ($0, 1) }, uniquingKeysWith: +)
    guard counts.count <= 10 else { return }
    add(
      .discreteLabel,
      "the label takes \(counts.count) values only; informations and risks are those of a Gaussian label, take them as hints"
    )
    for (value, count) in counts.sorted(by: { $0.key < $1.key }) where count < HeldOutCheck.foldCount {
      add(
        .rareLabel,
        "only \(count) \(count == 1 ? "row has" : "rows have") \(name) = \(label.firstIndex(of: value).map { texts[$0] } ?? ""), so that some of "
          + "\(HeldOutCheck.foldCount) folds have none; the held-out check says little about it")
    }
  }

  private mutating func shapes(
    _ name: String, column: Int, _ data: [[Double]], _ view: BlockFactor, _ moments: SampleMoments, _ student: [Int]
  ) {
    let d = data.count
    let weights = view.solve(student.map { moments.covariance[$0 * d + column] })
    shapes(
      name, ResidualShape(data[column], inputs: student.map { data[$0] }, weights: weights), rows: data[column].count)
  }

  private mutating func shapes(_ name: String, _ shape: ResidualShape, rows: Int) {
    let before = all.count
    let (kurtosis, skewness) = (shape.excessKurtosis, shape.skewness)
    if kurtosis > max(1, 5 * (24 / Double(rows)).squareRoot()) {
      add(
        .heavyTails,
        "\(name) has heavy tails given the student's inputs (excess kurtosis \(String(format: "%.1f", kurtosis))); "
          + "a few rows decide, the t-test is not exact")
    }
    if abs(skewness) > max(0.5, 5 * (6 / Double(rows)).squareRoot()) {
      add(
        .skewness,
        "\(name) is skewed given the student's inputs (skewness \(String(format: "%.1f", skewness))); "
          + "a logarithm or a root of the column may fit better")
    }
    if let probability = shape.probabilityIfLinear, probability < ModelWarnings.significance {
      add(
        .nonlinearity,
        "\(name) is not linear in the student's inputs (RESET, p = \(String(format: "%.1g", probability))); "
          + "the advice is about linear students")
    }
    if all.count > before { plots.append(ResidualPlot(name: name, points: shape.points)) }
  }

  private mutating func collinearity(_ block: BlockFactor, _ places: [Int], _ columns: [String]) {
    guard places.count > 1 else { return }
    for (place, share) in zip(places, block.unexplainedShares) where share < 0.01 {
      add(
        .collinearity,
        "the other columns of its modality determine \(String(format: "%.2f", 100 * (1 - share))) % of "
          + "column \"\(columns[place])\"; numbers about it are fragile")
    }
  }
}
