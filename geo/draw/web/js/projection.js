// Lambert's azimuthal projection, which keeps areas, around a point in degrees, as a reference system of Leaflet: the
// formula of geo/draw/topology/projection.py and its inverse. Folium takes it into a script that is rendered as a
// template: no brace may stand beside another. Zooms are those of Web Mercator at the equator.
(lon, lat) => {
  const [degree, flat, eccentric] = [Math.PI / 180, 0.0066943799901413165, 0.08181919084262149];
  const height = (sine) => sine / (1 - flat * sine ** 2) + Math.atanh(eccentric * sine) / eccentric;
  // Sine and cosine of the authalic latitude, of which areas are those of the ellipsoid.
  const sines = (latitude) => {
    const sine = Math.max(-1, Math.min(1, height(Math.sin(latitude * degree)) / height(1)));
    return [sine, Math.sqrt(1 - sine ** 2)];
  };
  const bends = [flat / 3 + (31 * flat ** 2) / 180 + (517 * flat ** 3) / 5040, (23 * flat ** 2) / 360 + (251 * flat ** 3) / 3780, (761 * flat ** 3) / 45360];
  const latitudeOf = (sine) => {
    const authalic = Math.asin(Math.max(-1, Math.min(1, sine)));
    return bends.reduce((sum, bend, index) => sum + bend * Math.sin(2 * (index + 1) * authalic), authalic) / degree;
  };
  const [middleSine, middleCosine] = sines(lat);
  const project = ({ lat: latitude, lng }) => {
    const [[sine, cosine], turn] = [sines(latitude), (lng - lon) * degree];
    const ahead = cosine * Math.cos(turn);
    const reach = Math.sqrt(2 / Math.max(1 + middleSine * sine + middleCosine * ahead, 1e-12));
    return L.point(reach * cosine * Math.sin(turn), reach * (middleCosine * sine - middleSine * ahead));
  };
  const unproject = ({ x, y }) => {
    const near = 1 - Math.min(1, (x ** 2 + y ** 2) / 4);
    const [share, cosine] = [Math.sqrt(near), 2 * near - 1];
    const turn = Math.atan2(x * share, middleCosine * cosine - middleSine * y * share);
    return L.latLng(latitudeOf(middleSine * cosine + middleCosine * y * share), lon + turn / degree);
  };
  const projection = { project, unproject, bounds: L.bounds([-2, -2], [2, 2]) };
  const transformation = L.transformation(0.5 / Math.PI, 0.5, -0.5 / Math.PI, 0.5);
  return L.extend({}, L.CRS.Earth, { projection, transformation, wrapLng: null });
}
