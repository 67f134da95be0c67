import {
  devicePairApprove,
  devicePairList,
  devicePairReject,
  devicePairRemove,
  devicePairRename,
} from "../../../schemas/methods/device/pair.ts";
import { deviceRow, mayManage, requestRow } from "../../domain/devices/index.ts";
import { type Method, method } from "../method.ts";

export default [
  method(devicePairList, ({ caller, deps: { devices, nodes } }) => ({
    pending: devices
      .requests()
      .filter((request) => mayManage(request.deviceId, caller))
      .map(requestRow),
    paired: devices
      .all()
      .filter((device) => mayManage(device.deviceId, caller))
      .map((device) => ({
        ...deviceRow(device, devices.isConnected(device.deviceId)),
        ...nodes.surfaceOf(device.deviceId),
      })),
  })),
  method(devicePairApprove, async ({ caller, params: { requestId }, deps: { devices } }) => ({
    requestId,
    device: deviceRow(await devices.approve(requestId, caller)),
  })),
  method(devicePairReject, async ({ caller, params: { requestId }, deps: { devices } }) => {
    const { deviceId } = await devices.reject(requestId, caller);
    return { requestId, deviceId };
  }),
  method(devicePairRemove, async ({ caller, params: { deviceId }, deps: { devices } }) => {
    await devices.remove(deviceId, caller);
    return { deviceId };
  }),
  method(devicePairRename, async ({ caller, params, deps: { devices } }) => {
    const label = await devices.rename(params.deviceId, params.label, caller);
    return { deviceId: params.deviceId, label };
  }),
] satisfies Method[];
