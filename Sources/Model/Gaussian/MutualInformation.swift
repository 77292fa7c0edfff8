// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

extension JointGaussian {
  /// The mutual information I(u; w) = ½ ln(det Σu · det Σw / det Σ(u,w)) of two disjoint lists of coordinates.
  ///
  /// - Throws: ``GaussianError/invalidCoordinates(_:)`` where a list is empty or a coordinate is outside or repeated.
  public func mutualInformation(_ u: [Int], _ w: [Int]) throws(GaussianError) -> HalfLogarithm {
    try requireCoordinates(u, w)
    return try covariance.mutualInformation(u, w)
  }

  /// The mutual information of two named blocks.
  ///
  /// - Throws: ``GaussianError/unknownBlock(_:known:)``, or where both names are the same.
  public func mutualInformation(_ u: String, _ w: String) throws(GaussianError) -> HalfLogarithm {
    try mutualInformation(coordinates(of: u), coordinates(of: w))
  }

  /// The conditional mutual information I(u; w | z), that of the conditional covariance given z.
  ///
  /// - Throws: ``GaussianError/invalidCoordinates(_:)``; `z` may be empty.
  public func mutualInformation(_ u: [Int], _ w: [Int], given z: [Int]) throws(GaussianError) -> HalfLogarithm {
    try requireCoordinates(u, w, z)
    let rest = (0..<dimension).filter { !z.contains($0) }
    let place = Dictionary(uniqueKeysWithValues: rest.enumerated().map { ($1, $0) })
    return try conditionalCovariance(given: z)
      .mutualInformation(u.compactMap { place[$0] }, w.compactMap { place[$0] })
  }

  /// The mutual information I(Ax; Bx) of two linear images of the whole vector.
  ///
  /// - Throws: ``GaussianError/degenerateImage`` where A, B or both together have dependent rows: no density, no finite
  ///   information.
  public func mutualInformation(image a: RationalMatrix, image b: RationalMatrix) throws(GaussianError)
    -> HalfLogarithm
  {
    for map in [a, b] where map.columns != dimension {
      throw .mapSize(columns: map.columns, dimension: dimension)
    }
    let both = RationalMatrix(rows: a.rows + b.rows, columns: dimension) { i, j in
      i < a.rows ? a[i, j] : b[i - a.rows, j]
    }
    let joint = both * covariance * both.transposed
    return try joint.mutualInformation(Array(0..<a.rows), Array(a.rows..<both.rows))
  }
}

extension RationalMatrix {
  /// ½ ln(det Σu · det Σw / det Σ(u,w)) for a covariance that may be singular.
  ///
  /// - Throws: ``GaussianError/degenerateImage`` where one of the determinants is zero.
  public func mutualInformation(_ u: [Int], _ w: [Int]) throws(GaussianError) -> HalfLogarithm {
    guard !u.isEmpty, !w.isEmpty else { throw .invalidCoordinates("a list of coordinates is empty") }
    let joint = selecting(u + w).determinant
    guard joint.signum > 0 else { throw .degenerateImage }
    return HalfLogarithm(of: selecting(u).determinant * selecting(w).determinant / joint)
  }
}
