// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns

/// The easy tasks, on which every consistent estimator comes close.
struct GateTasks: Sendable {
  /// Tasks that are estimated at 1,000 rows.
  let easy: [EstimationTask]
  /// Those of them on which the error must shrink with n.
  let consistency: [EstimationTask]
  /// Those of them on small samples of which an estimate is compared with formulas; negative estimates among them.
  let fingerprinted: [EstimationTask]
  /// What the checks transform: a bivariate normal, or a class or symbols where only these are taken.
  let pair: EstimationTask
  /// A normal (x1, x2), y in which x1 alone tells nothing about y, but x1 and x2 together more than x2.
  let triple: EstimationTask

  /// The tasks under a seed, which draws correlations, so that no table of answers passes.
  init(seed: UInt64, family: DistributionFamily, dimension: Int, matches: (EstimationTask) -> Bool) {
    var random = RandomSource(seed: seed, index: 0x9a7e)
    func correlation(_ range: ClosedRange<Int>) -> Rational {
      Rational(random.integer(in: range) * (random.integer(in: 0...1) == 0 ? 1 : -1), 1000)
    }
    let weak = EstimationTask.bivariateNormal(correlation: correlation(450...600))
    let strong = EstimationTask.bivariateNormal(correlation: correlation(820...900))
    let normalPair = EstimationTask.bivariateNormal(correlation: correlation(780...820))
    triple = GateTasks.triple(columns: correlation(620...660), label: correlation(580...620))
    let named = ["1v1-additive-0.75", "normal_cdf-1v1-normal-0.75", "1v1-bimodal-0.75", "multinormal-dense-2-2-0.5"]
    let published = named.compactMap(EstimationTask.benchmark)
    let densities = [GateTasks.independent(1), GateTasks.independent(2), weak, strong, triple] + published
    let chosen = (densities + EstimationTask.mixed).filter { task in
      task.suits(family) && task.fits(dimension) && matches(task)
    }
    easy = chosen
    pair = GateTasks.pair(for: family) ?? normalPair
    let growing =
      [weak.id, "1v1-additive-0.75", "multinormal-dense-2-2-0.5"]
      + ["class-normal-3", "class-normal-2x2", "discrete-sums-4", "mixed-uniform-5"]
    consistency = chosen.filter { growing.contains($0.id) }
    fingerprinted = consistency + chosen.filter { $0.id == GateTasks.independent(1).id }
  }

  /// What the checks transform where an estimator takes no densities.
  private static func pair(for family: DistributionFamily) -> EstimationTask? {
    switch family {
    case .any, .mixed, .gaussian: nil
    case .classes: EstimationTask.classes.first { $0.id == "class-normal-3" }
    case .discrete: EstimationTask.discrete.first { $0.id == "discrete-channel-4" }
    }
  }

  private static func independent(_ n: Int) -> EstimationTask {
    EstimationTask.gaussian(
      "independent-\(n)-\(n)", "Independent \(n) × \(n)",
      RationalMatrix(rows: 2 * n, columns: 2 * n) { $0 == $1 ? 1 : 0 },
      xDimension: n)
  }

  /// Correlations: x1 and x2 `columns`, x2 and y `label`, x1 and y none.
  ///
  /// Each way to tell the columns of x and y apart wrongly gives another information.
  private static func triple(columns: Rational, label: Rational) -> EstimationTask {
    EstimationTask.gaussian(
      "suppressor-\(columns.asDouble)-\(label.asDouble)", "Normal 2 × 1, x1 alone tells nothing",
      RationalMatrix(rows: 3, columns: 3) { i, j in
        i == j ? 1 : abs(i - j) == 2 ? 0 : min(i, j) == 0 ? columns : label
      }, xDimension: 2)
  }
}
