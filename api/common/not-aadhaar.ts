import { registerDecorator } from 'class-validator';
import { containsAadhaar } from '../../src/details/aadhaar';

/** A full Aadhaar number is refused everywhere (RBI: it is not to be stored, DESIGN §2). */
export function NotAadhaar(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'notAadhaar',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown) => typeof value !== 'string' || !containsAadhaar(value),
        defaultMessage: () => `${String(propertyName)} must not contain an Aadhaar number`,
      },
    });
  };
}
