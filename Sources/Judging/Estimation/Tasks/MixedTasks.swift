// SPDX-License-Identifier: GPL-3.0-or-later
extension EstimationTask {
  /// The published benchmark, and the tasks with classes, counts and atoms.
  public static let all: [EstimationTask] = benchmark + mixed

  /// Whether an estimator that is made for `family` can be tried on it.
  public func suits(_ family: DistributionFamily) -> Bool {
    let isIn = { (tasks: [EstimationTask]) in tasks.contains { $0.id == id } }
    return switch family {
    case .mixed: true
    case .any: !isIn(EstimationTask.mixed)
    case .gaussian: isGaussian
    case .classes: isIn(EstimationTask.classes)
    case .discrete: isIn(EstimationTask.discrete)
    }
  }
}

/// Tasks with a class, counts or atoms, on which estimators for densities fail.
extension EstimationTask {
  /// All of them.
  public static let mixed: [EstimationTask] =
    classes + discrete + [
      EstimationTask("mixed-uniform-5", "Whole number 0 … 4, and it plus uniform noise", .uniformPlusNoise(values: 5)),
      EstimationTask(
        "mixed-zero-inflated-normal", "Bivariate normal, or 0 and 0", .zeroInflatedNormal(zero: 0.4, correlation: 0.8)),
      EstimationTask(
        "mixed-zero-inflated-poisson", "Exponential rate, Poisson count or 0", .zeroInflatedPoisson(zero: 0.15)),
      EstimationTask("mixed-constant", "A constant and a normal", .constant),
    ]

  /// Those where y is a class and x has a density in each.
  static let classes: [EstimationTask] = [
    EstimationTask(
      "class-normal-2", "Two classes of normals", .classes(means: [-1, 1], weights: [0.5, 0.5], columns: 1)),
    EstimationTask(
      "class-normal-3", "Three unequal classes of normals",
      .classes(means: [-3, 0, 2], weights: [0.5, 0.3, 0.2], columns: 1)),
    EstimationTask("class-rare", "A class of 3 %", .classes(means: [0, 3], weights: [0.97, 0.03], columns: 1)),
    EstimationTask(
      "class-normal-2x2", "Four classes, two columns", .classes(means: [-1, 1], weights: [0.5, 0.5], columns: 2)),
    EstimationTask(
      "class-independent", "Classes that x does not tell",
      .classes(means: [0, 0, 0], weights: [0.5, 0.3, 0.2], columns: 1)),
  ]

  /// Those where x and y take few values.
  static let discrete: [EstimationTask] = [
    EstimationTask(
      "discrete-channel-4", "A symbol of four, and it through a noisy channel", .channel(values: 4, kept: 0.7)),
    EstimationTask("discrete-channel-2", "A bit and a noisy bit", .channel(values: 2, kept: 0.6)),
    EstimationTask("discrete-sums-4", "Sums of whole numbers that share one", .sums(values: 4)),
    EstimationTask("discrete-independent", "Two independent symbols", .channel(values: 3, kept: 0)),
  ]

  private init(_ id: String, _ title: String, _ law: MixedLaw) { self.init(id, title, PairLaw(base: .mixed(law))) }
}
