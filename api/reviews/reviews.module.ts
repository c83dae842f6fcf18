import { Module } from '@nestjs/common';
import { ReviewCases } from './review-cases';
import { ReviewLine } from './review-line';
import { ReviewsController } from './reviews.controller';

@Module({ controllers: [ReviewsController], providers: [ReviewCases, ReviewLine] })
export class ReviewsModule {}
