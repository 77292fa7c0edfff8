// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Classification
import Synchronization

/// Columns scaled to mean 0 and variance 1 on the training rows and rotated to their principal axes.
///
/// A penalty μ/2·‖W‖² does not see a rotation, and its minimiser has no part outside of the space of the rows. So the student
/// of r ≤ min(n, d) principal components *is* the student of d columns, also where d ≫ n; and because the components are uncorrelated, a
/// diagonal preconditioner suits its Hessian. With `mostComponents` only the first ones are kept, which is principal component analysis.
public struct RotatedFeatures: Sendable {
  private let scaling: FeatureScaling
  /// The number of columns that rows have before.
  public let featureCount: Int
  /// The number n of training rows.
  let rowCount: Int
  private let rows: ScaledRows

  /// The number r of components.
  public var componentCount: Int { rows.rotation.variances.count }
  /// The axes, d × r.
  var axes: [Double] { rows.rotation.axes }
  /// The variances of the components on the training rows, greatest first.
  var variances: [Double] { rows.rotation.variances }
  /// The components of the training rows and a 1 after each: n × (r + 1).
  var trainingScores: [Double] { rows.rotation.trainingScores }
  /// The inner products of the training rows where they are the shorter way: where all components are kept and columns are half as many as rows or more.
  var products: RowProducts? { rows.products }

  /// The rotation that training rows give, which is computed when it is first needed.
  ///
  /// Components of less than 10⁻¹² of the greatest variance are rounding, and left out.
  ///
  /// - Parameters:
  ///   - features: n × d, row after row, finite.
  ///   - columns: the number d of columns.
  ///   - mostComponents: the greatest number of components; nil for all.
  ///   - count: of how many of the first rows the columns get mean 0 and variance 1; nil for all.
  /// - Precondition: the features make whole rows, one at least.
  public init(_ features: [Double], columns d: Int, mostComponents: Int? = nil, scaledBy count: Int? = nil) {
    precondition(d > 0 && !features.isEmpty && features.count.isMultiple(of: d), "features must make whole rows")
    scaling = FeatureScaling(of: count.map { Array(features.prefix($0 * d)) } ?? features, columns: d)
    (featureCount, rowCount) = (d, features.count / d)
    rows = ScaledRows(scaling(features), columns: d, mostComponents: mostComponents)
  }

  /// Rows as students of these features need them.
  func prepared(_ features: [Double]) -> PreparedRows {
    let scaled = scaling(features)
    return PreparedRows(values: products == nil ? scores(ofScaled: scaled) : products(ofScaled: scaled))
  }

  /// The inner products of rows with the training rows, m × n.
  private func products(ofScaled scaled: [Double]) -> [Double] {
    let n = rowCount
    let m = scaled.count / featureCount
    var products = [Double](repeating: 0, count: m * n)
    guard m > 0 else { return products }
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(n), Int32(featureCount), 1, scaled, Int32(featureCount),
      rows.scaled, Int32(featureCount), 0, &products, Int32(n))
    return products
  }

  /// The components of rows and a 1 after each: rows × (r + 1), for ``SoftmaxStudent/logits(ofScores:)`` of many students.
  ///
  /// - Precondition: the features make rows of ``featureCount``.
  public func scores(of features: [Double]) -> [Double] {
    scores(ofScaled: scaling(features))
  }

  private func scores(ofScaled scaled: [Double]) -> [Double] {
    RotatedFeatures.scores(scaled, axes: axes, columns: featureCount)
  }

  fileprivate static func scores(_ scaled: [Double], axes: [Double], columns d: Int) -> [Double] {
    let (n, r) = (scaled.count / d, axes.count / d)
    var scores = [Double](repeating: 1, count: n * (r + 1))
    guard r > 0, n > 0 else { return scores }
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(n), Int32(r), Int32(d), 1, scaled, Int32(d), axes, Int32(r), 0,
      &scores,
      Int32(r + 1))
    return scores
  }
}

/// Rows as the students of one objective need them: components and a 1, or products with the training rows.
struct PreparedRows: Sendable {
  let values: [Double]
}

/// Scaled rows, and what is made of them once and when it is needed.
private final class ScaledRows: Sendable {
  let scaled: [Double]
  private let columns: Int
  private let mostComponents: Int?
  private let ownRotation = Mutex<Rotation?>(nil)
  private let ownProducts = Mutex<RowProducts?>(nil)

  init(_ scaled: [Double], columns: Int, mostComponents: Int?) {
    (self.scaled, self.columns, self.mostComponents) = (scaled, columns, mostComponents)
  }

  var rotation: Rotation {
    ownRotation.withLock { own in
      if let own { return own }
      let new = Rotation(scaled, columns: columns, mostComponents: mostComponents)
      own = new
      return new
    }
  }

  var products: RowProducts? {
    guard mostComponents == nil, 2 * columns >= scaled.count / columns else { return nil }
    return ownProducts.withLock { own in
      if let own { return own }
      let new = RowProducts(scaled, columns: columns)
      own = new
      return new
    }
  }
}

/// The principal axes of scaled rows.
private struct Rotation {
  let axes, variances, trainingScores: [Double]

  init(_ scaled: [Double], columns d: Int, mostComponents: Int?) {
    useOneThreadOfBLAS()
    let n = scaled.count / d
    // The smaller of the two Gram matrices has the same eigenvalues.
    let isWide = d > n
    let size = min(n, d)
    var gram = [Double](repeating: 0, count: size * size)
    cblas_dsyrk(
      CblasRowMajor, CblasUpper, isWide ? CblasNoTrans : CblasTrans, Int32(size), Int32(max(n, d)), 1 / Double(n),
      scaled,
      Int32(d), 0, &gram, Int32(size))
    var eigenvalues = [Double](repeating: 0, count: size)
    let status = LAPACKE_dsyevd(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), Int32(size), &gram, Int32(size),
      &eigenvalues)
    precondition(status == 0, "the eigenvalues of a finite symmetric matrix exist")
    let greatest = eigenvalues.last ?? 0
    let kept = Array(
      eigenvalues.indices.reversed().filter { eigenvalues[$0] > 1e-12 * greatest && eigenvalues[$0] > 0 }
        .prefix(mostComponents ?? .max))
    let r = kept.count
    var vectors = [Double](repeating: 0, count: size * r)
    for i in 0..<size {
      for (place, column) in kept.enumerated() { vectors[i * r + place] = gram[i * size + column] }
    }
    if isWide, r > 0 {
      // The axes are Xᵀu/√(n·eigenvalue).
      for (place, column) in kept.enumerated() {
        cblas_dscal(Int32(size), 1 / (Double(n) * eigenvalues[column]).squareRoot(), &vectors[place], Int32(r))
      }
      var turned = [Double](repeating: 0, count: d * r)
      cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, Int32(d), Int32(r), Int32(n), 1, scaled, Int32(d), vectors, Int32(r),
        0,
        &turned, Int32(r))
      vectors = turned
    }
    axes = vectors
    variances = kept.map { eigenvalues[$0] }
    trainingScores = RotatedFeatures.scores(scaled, axes: vectors, columns: d)
  }
}

/// Many small products run at once, one a thread, so each must not start threads of its own.
func useOneThreadOfBLAS() { _ = oneThreadOfBLAS }

private let oneThreadOfBLAS: Void = openblas_set_num_threads(1)
